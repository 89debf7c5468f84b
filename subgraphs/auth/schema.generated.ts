import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserParent } from './resolvers.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, written as ISO 8601 with milliseconds: `2026-01-31T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A session: an access token to send as `Authorization: Bearer …` and a refresh token to renew it with. */
export type AuthSession = {
  __typename?: 'AuthSession';
  /** A short-lived JSON Web Token. */
  accessToken: Scalars['String']['output'];
  /** When the access token stops being accepted. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** A single-use token for `refresh`. Using one twice revokes every token descended from the same login. */
  refreshToken: Scalars['String']['output'];
  /** When the refresh token stops being accepted. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
  /** The account that the session belongs to. */
  user: User;
};

/** A change of password by the account itself. */
export type ChangePasswordInput = {
  /** The password in force. */
  currentPassword: Scalars['String']['input'];
  /** 8 to 72 bytes of UTF-8. */
  newPassword: Scalars['String']['input'];
};

/** What `changePassword` gives. Success is a fresh session; every other session of the account has ended. */
export type ChangePasswordResult = AuthSession | InvalidCredentials | InvalidInput;

/** Which account to delete. */
export type DeleteAccountInput = {
  /** The password in force: needed to delete one's own account. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** The id of the account; without it, that of the caller. Another than one's own is for admins. */
  id?: InputMaybe<Scalars['ID']['input']>;
};

/** The account was deleted, and all its sessions have ended. */
export type DeleteAccountPayload = {
  __typename?: 'DeleteAccountPayload';
  /** The id of the deleted account. */
  deletedId: Scalars['ID']['output'];
};

/** What `deleteAccount` gives. */
export type DeleteAccountResult = DeleteAccountPayload | InvalidCredentials | InvalidInput | NotFound;

/** The e-mail address belongs to another account. */
export type EmailTaken = Problem & {
  __typename?: 'EmailTaken';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** The e-mail address and the password do not match an account. */
export type InvalidCredentials = Problem & {
  __typename?: 'InvalidCredentials';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** One field of an input that broke a rule. */
export type InvalidField = {
  __typename?: 'InvalidField';
  /** The rule that was broken. */
  message: Scalars['String']['output'];
  /** The path of the field inside `input`, for example `items.0.quantity`. */
  path: Scalars['String']['output'];
};

/** The input was well-formed GraphQL but broke a rule of the domain. Nothing was changed. */
export type InvalidInput = Problem & {
  __typename?: 'InvalidInput';
  /** Each offending field of the input. */
  fields: Array<InvalidField>;
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** The refresh token was refused; log in again. */
export type InvalidRefreshToken = Problem & {
  __typename?: 'InvalidRefreshToken';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** Why the token was refused. */
  reason: RefreshRefusal;
};

/** Who logs in. */
export type LoginInput = {
  /** The e-mail address; compared without case. */
  email: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
};

/** What `login` gives. */
export type LoginResult = AuthSession | InvalidCredentials | TooManyAttempts;

/** Which sessions to end. */
export type LogoutEverywhereInput = {
  /** A refresh token whose session is kept; without it every session ends. */
  keepRefreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** What `logoutEverywhere` gives. */
export type LogoutEverywherePayload = {
  __typename?: 'LogoutEverywherePayload';
  /** How many sessions were ended. */
  revokedSessions: Scalars['Int']['output'];
};

/** Which session to end. */
export type LogoutInput = {
  /** Any refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** What `logout` gives. */
export type LogoutPayload = {
  __typename?: 'LogoutPayload';
  /** Whether a session was ended; false when the token was not known or had ended already. */
  loggedOut: Scalars['Boolean']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Changes the password of the caller and ends all other sessions. */
  changePassword?: Maybe<ChangePasswordResult>;
  /** Deletes an account: one's own by its password, any for admins. Its sessions end, its resumes go within minutes, its orders stay. */
  deleteAccount?: Maybe<DeleteAccountResult>;
  /** Begins a session. */
  login?: Maybe<LoginResult>;
  /** Ends a session. */
  logout?: Maybe<LogoutPayload>;
  /** Ends all sessions of the caller. */
  logoutEverywhere?: Maybe<LogoutEverywherePayload>;
  /** Renews a session: gives a new access token and a new refresh token in place of the one sent. */
  refresh?: Maybe<RefreshResult>;
  /** Creates an account with the role `CUSTOMER` and logs it in. */
  register?: Maybe<RegisterResult>;
  /** Changes the profile of the caller. */
  updateProfile?: Maybe<UpdateProfileResult>;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


export type MutationLoginArgs = {
  input: LoginInput;
};


export type MutationLogoutArgs = {
  input: LogoutInput;
};


export type MutationLogoutEverywhereArgs = {
  input: LogoutEverywhereInput;
};


export type MutationRefreshArgs = {
  input: RefreshInput;
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};

/** Nothing with this id exists, or the caller may not see it. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** The id that was looked for. */
  id: Scalars['ID']['output'];
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** Where a page of a connection stands in the whole list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last edge: pass it as `after` to get the next page. Null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more edges follow the last edge of this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether edges precede the first edge of this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** An expected outcome other than success. Every problem has a message that can be shown to a person. */
export type Problem = {
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** The account of the caller; null when nobody is logged in. */
  me?: Maybe<User>;
  /** An account by id: one's own, or any for staff. Null when there is none. */
  user?: Maybe<User>;
  /** All accounts that were not deleted, newest first. For admins, and services of ours. */
  users?: Maybe<UserConnection>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Which session to renew. */
export type RefreshInput = {
  /** The latest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** Why a refresh token was refused. */
export type RefreshRefusal =
  /** The token is too old: log in again. */
  | 'EXPIRED'
  /** The token had been used before: every token of its family is now revoked. */
  | 'REUSED'
  /** The token was revoked by a logout, a change of password or the deletion of the account. */
  | 'REVOKED'
  /** No such token was issued. */
  | 'UNKNOWN';

/** What `refresh` gives. */
export type RefreshResult = AuthSession | InvalidRefreshToken;

/** A new account. */
export type RegisterInput = {
  /** 1 to 100 characters. */
  displayName: Scalars['String']['input'];
  /** The e-mail address; compared without case. */
  email: Scalars['String']['input'];
  /** The preferred language as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** 8 to 72 bytes of UTF-8 (72 is the limit of bcrypt). */
  password: Scalars['String']['input'];
};

/** What `register` gives. */
export type RegisterResult = AuthSession | EmailTaken | InvalidInput;

/** What an account may do. */
export type Role =
  /** Staff who also manage accounts. */
  | 'ADMIN'
  /** Buys in the store and has resumes reviewed. */
  | 'CUSTOMER'
  /** Runs the catalogue, the stock and the orders. */
  | 'STAFF';

/** Too many failed tries for this account or from this address. */
export type TooManyAttempts = Problem & {
  __typename?: 'TooManyAttempts';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** How many seconds to wait before the next try. */
  retryAfterSeconds: Scalars['Int']['output'];
};

/** A change of profile by the account itself. What is absent stays as it is. */
export type UpdateProfileInput = {
  /** A new display name, 1 to 100 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** A new e-mail address. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** A new preferred language as a BCP 47 tag. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** A new phone number in E.164 form; null removes it. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateProfile` gives. */
export type UpdateProfileResult = EmailTaken | InvalidInput | UpdateProfileSuccess;

/** The profile was updated. */
export type UpdateProfileSuccess = {
  __typename?: 'UpdateProfileSuccess';
  /** The account after the change. */
  user: User;
};

/** An account. Contact data is readable by the account itself and by staff. */
export type User = {
  __typename?: 'User';
  /** When the account was registered. */
  createdAt: Scalars['DateTime']['output'];
  /** When the account was deleted, which leaves no more of it than its id; null where it was not. Readable by the account itself and by staff. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The name that the account shows. */
  displayName: Scalars['String']['output'];
  /** The e-mail address, in lower case. Readable by the account itself and by staff. */
  email?: Maybe<Scalars['String']['output']>;
  /** The id of the account, a UUID. */
  id: Scalars['ID']['output'];
  /** The preferred language as a BCP 47 tag, for example `en-GB`. */
  locale: Scalars['String']['output'];
  /** A phone number in E.164 form. Readable by the account itself and by staff. */
  phone?: Maybe<Scalars['String']['output']>;
  /** What the account may do. */
  role: Role;
  /** When the account was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of accounts. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The accounts of this page with their cursors. */
  edges: Array<UserEdge>;
  /** The accounts of this page. */
  nodes: Array<User>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many accounts match in all. */
  totalCount: Scalars['Int']['output'];
};

/** An account in a page. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** The position of this account in the list. */
  cursor: Scalars['String']['output'];
  /** The account. */
  node: User;
};

/** Which accounts to list. */
export type UserFilter = {
  /** Accounts that were deleted, at this instant or later, in place of those that were not. */
  deletedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only accounts with this role. */
  role?: InputMaybe<Role>;
  /** Only accounts whose e-mail or display name contains this text, ignoring case. */
  search?: InputMaybe<Scalars['String']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ChangePasswordResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( InvalidCredentials )
    | ( InvalidInput )
  ;
  DeleteAccountResult:
    | ( DeleteAccountPayload )
    | ( InvalidCredentials )
    | ( InvalidInput )
    | ( NotFound )
  ;
  LoginResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( InvalidCredentials )
    | ( TooManyAttempts )
  ;
  RefreshResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( InvalidRefreshToken )
  ;
  RegisterResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( EmailTaken )
    | ( InvalidInput )
  ;
  UpdateProfileResult:
    | ( EmailTaken )
    | ( InvalidInput )
    | ( Omit<UpdateProfileSuccess, 'user'> & { user: _RefType['User'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( EmailTaken )
    | ( InvalidCredentials )
    | ( InvalidInput )
    | ( InvalidRefreshToken )
    | ( NotFound )
    | ( TooManyAttempts )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AuthSession: ResolverTypeWrapper<Omit<AuthSession, 'user'> & { user: ResolversTypes['User'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePasswordResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteAccountInput: DeleteAccountInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  DeleteAccountResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteAccountResult']>;
  EmailTaken: ResolverTypeWrapper<EmailTaken>;
  InvalidCredentials: ResolverTypeWrapper<InvalidCredentials>;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  InvalidRefreshToken: ResolverTypeWrapper<InvalidRefreshToken>;
  LoginInput: LoginInput;
  LoginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LoginResult']>;
  LogoutEverywhereInput: LogoutEverywhereInput;
  LogoutEverywherePayload: ResolverTypeWrapper<LogoutEverywherePayload>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LogoutInput: LogoutInput;
  LogoutPayload: ResolverTypeWrapper<LogoutPayload>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefreshInput: RefreshInput;
  RefreshRefusal: RefreshRefusal;
  RefreshResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefreshResult']>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterResult']>;
  Role: Role;
  TooManyAttempts: ResolverTypeWrapper<TooManyAttempts>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateProfileResult']>;
  UpdateProfileSuccess: ResolverTypeWrapper<Omit<UpdateProfileSuccess, 'user'> & { user: ResolversTypes['User'] }>;
  User: ResolverTypeWrapper<UserParent>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['UserEdge']>, nodes: Array<ResolversTypes['User']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserFilter: UserFilter;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AuthSession: Omit<AuthSession, 'user'> & { user: ResolversParentTypes['User'] };
  String: Scalars['String']['output'];
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordResult: ResolversUnionTypes<ResolversParentTypes>['ChangePasswordResult'];
  DateTime: Scalars['DateTime']['output'];
  DeleteAccountInput: DeleteAccountInput;
  ID: Scalars['ID']['output'];
  DeleteAccountPayload: DeleteAccountPayload;
  DeleteAccountResult: ResolversUnionTypes<ResolversParentTypes>['DeleteAccountResult'];
  EmailTaken: EmailTaken;
  InvalidCredentials: InvalidCredentials;
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  InvalidRefreshToken: InvalidRefreshToken;
  LoginInput: LoginInput;
  LoginResult: ResolversUnionTypes<ResolversParentTypes>['LoginResult'];
  LogoutEverywhereInput: LogoutEverywhereInput;
  LogoutEverywherePayload: LogoutEverywherePayload;
  Int: Scalars['Int']['output'];
  LogoutInput: LogoutInput;
  LogoutPayload: LogoutPayload;
  Boolean: Scalars['Boolean']['output'];
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RefreshInput: RefreshInput;
  RefreshResult: ResolversUnionTypes<ResolversParentTypes>['RefreshResult'];
  RegisterInput: RegisterInput;
  RegisterResult: ResolversUnionTypes<ResolversParentTypes>['RegisterResult'];
  TooManyAttempts: TooManyAttempts;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolversUnionTypes<ResolversParentTypes>['UpdateProfileResult'];
  UpdateProfileSuccess: Omit<UpdateProfileSuccess, 'user'> & { user: ResolversParentTypes['User'] };
  User: UserParent;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['UserEdge']>, nodes: Array<ResolversParentTypes['User']> };
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserFilter: UserFilter;
};

export type AuthSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthSession'] = ResolversParentTypes['AuthSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePasswordResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangePasswordResult'] = ResolversParentTypes['ChangePasswordResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidCredentials' | 'InvalidInput', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteAccountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountResult'] = ResolversParentTypes['DeleteAccountResult']> = {
  __resolveType: TypeResolveFn<'DeleteAccountPayload' | 'InvalidCredentials' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type EmailTakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailTaken'] = ResolversParentTypes['EmailTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidCredentialsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidCredentials'] = ResolversParentTypes['InvalidCredentials']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidField'] = ResolversParentTypes['InvalidField']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  fields?: Resolver<Array<ResolversTypes['InvalidField']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidRefreshTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidRefreshToken'] = ResolversParentTypes['InvalidRefreshToken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['RefreshRefusal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoginResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoginResult'] = ResolversParentTypes['LoginResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidCredentials' | 'TooManyAttempts', ParentType, ContextType>;
};

export type LogoutEverywherePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutEverywherePayload'] = ResolversParentTypes['LogoutEverywherePayload']> = {
  revokedSessions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LogoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  loggedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changePassword?: Resolver<Maybe<ResolversTypes['ChangePasswordResult']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  deleteAccount?: Resolver<Maybe<ResolversTypes['DeleteAccountResult']>, ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'input'>>;
  login?: Resolver<Maybe<ResolversTypes['LoginResult']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  logout?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationLogoutArgs, 'input'>>;
  logoutEverywhere?: Resolver<Maybe<ResolversTypes['LogoutEverywherePayload']>, ParentType, ContextType, RequireFields<MutationLogoutEverywhereArgs, 'input'>>;
  refresh?: Resolver<Maybe<ResolversTypes['RefreshResult']>, ParentType, ContextType, RequireFields<MutationRefreshArgs, 'input'>>;
  register?: Resolver<Maybe<ResolversTypes['RegisterResult']>, ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  updateProfile?: Resolver<Maybe<ResolversTypes['UpdateProfileResult']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType: TypeResolveFn<'EmailTaken' | 'InvalidCredentials' | 'InvalidInput' | 'InvalidRefreshToken' | 'NotFound' | 'TooManyAttempts', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
};

export type RefreshResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefreshResult'] = ResolversParentTypes['RefreshResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidRefreshToken', ParentType, ContextType>;
};

export type RegisterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterResult'] = ResolversParentTypes['RegisterResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'EmailTaken' | 'InvalidInput', ParentType, ContextType>;
};

export type TooManyAttemptsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttempts'] = ResolversParentTypes['TooManyAttempts']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateProfileResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfileResult'] = ResolversParentTypes['UpdateProfileResult']> = {
  __resolveType: TypeResolveFn<'EmailTaken' | 'InvalidInput' | 'UpdateProfileSuccess', ParentType, ContextType>;
};

export type UpdateProfileSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfileSuccess'] = ResolversParentTypes['UpdateProfileSuccess']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AuthSession?: AuthSessionResolvers<ContextType>;
  ChangePasswordResult?: ChangePasswordResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  DeleteAccountResult?: DeleteAccountResultResolvers<ContextType>;
  EmailTaken?: EmailTakenResolvers<ContextType>;
  InvalidCredentials?: InvalidCredentialsResolvers<ContextType>;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  InvalidRefreshToken?: InvalidRefreshTokenResolvers<ContextType>;
  LoginResult?: LoginResultResolvers<ContextType>;
  LogoutEverywherePayload?: LogoutEverywherePayloadResolvers<ContextType>;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefreshResult?: RefreshResultResolvers<ContextType>;
  RegisterResult?: RegisterResultResolvers<ContextType>;
  TooManyAttempts?: TooManyAttemptsResolvers<ContextType>;
  UpdateProfileResult?: UpdateProfileResultResolvers<ContextType>;
  UpdateProfileSuccess?: UpdateProfileSuccessResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
};

