import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ResumeRow } from './repository/resumes.ts';
import type { ReviewRow } from './repository/reviews.ts';
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

/** Which upload is complete. */
export type CompleteUploadInput = {
  /** The id of the upload. */
  id: Scalars['ID']['input'];
};

/** What `completeUpload` gives. */
export type CompleteUploadResult = CompleteUploadSuccess | NotFound | UploadIncomplete;

/** The upload is complete. */
export type CompleteUploadSuccess = {
  __typename?: 'CompleteUploadSuccess';
  /** The resume. */
  resume: Resume;
};

/** A file that is about to be sent. */
export type CreateUploadInput = {
  /** The size of the file in bytes, 1 to 10,485,760. */
  byteSize: Scalars['Int']['input'];
  /** The media type: PDF, DOCX, ODT, plain text or Markdown. */
  contentType: Scalars['String']['input'];
  /** The name of the file, 1 to 200 characters; never used as a path. */
  filename: Scalars['String']['input'];
  /** The SHA-256 of the file, 64 hexadecimal digits. */
  sha256: Scalars['String']['input'];
};

/** What `createUpload` gives. */
export type CreateUploadResult = CreateUploadSuccess | InvalidInput | UploadRefused;

/** The upload can begin. */
export type CreateUploadSuccess = {
  __typename?: 'CreateUploadSuccess';
  /** The permission to send the file. */
  upload: Upload;
};

/** Which resume to delete. */
export type DeleteResumeInput = {
  /** The id of the resume. */
  id: Scalars['ID']['input'];
};

/** The resume was deleted, with its file and reviews. */
export type DeleteResumePayload = {
  __typename?: 'DeleteResumePayload';
  /** The id of the deleted resume. */
  deletedId: Scalars['ID']['output'];
};

/** What `deleteResume` gives. */
export type DeleteResumeResult = DeleteResumePayload | NotFound;

/** How much a finding matters. */
export type FindingSeverity =
  /** Must be mended. */
  | 'CRITICAL'
  /** Could be better. */
  | 'HINT'
  /** Something done well. */
  | 'PRAISE'
  /** Should be better. */
  | 'WARNING';

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

export type Mutation = {
  __typename?: 'Mutation';
  /** Turns the received file into a resume; doing it twice gives the same resume. */
  completeUpload?: Maybe<CompleteUploadResult>;
  /** Asks for permission to send a resume. */
  createUpload?: Maybe<CreateUploadResult>;
  /** Deletes a resume with its file and reviews. */
  deleteResume?: Maybe<DeleteResumeResult>;
  /** Asks for a review of a resume. */
  requestResumeReview?: Maybe<RequestResumeReviewResult>;
};


export type MutationCompleteUploadArgs = {
  input: CompleteUploadInput;
};


export type MutationCreateUploadArgs = {
  input: CreateUploadInput;
};


export type MutationDeleteResumeArgs = {
  input: DeleteResumeInput;
};


export type MutationRequestResumeReviewArgs = {
  input: RequestResumeReviewInput;
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
  /** A resume by id: one's own, or any for staff. Null when there is none. */
  resume?: Maybe<Resume>;
  /** A review by id: of one's own resume, or any for staff. Null when there is none. */
  resumeReview?: Maybe<ResumeReview>;
};


export type QueryResumeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryResumeReviewArgs = {
  id: Scalars['ID']['input'];
};

/** Which resume to review. */
export type RequestResumeReviewInput = {
  /** A job description to hold the resume against, at most 20,000 characters. */
  jobDescription?: InputMaybe<Scalars['String']['input']>;
  /** The id of the resume. */
  resumeId: Scalars['ID']['input'];
};

/** What `requestResumeReview` gives. */
export type RequestResumeReviewResult = InvalidInput | NotFound | ResumeReviewPayload;

/** A resume of an account. Readable by the account itself and by staff. */
export type Resume = {
  __typename?: 'Resume';
  /** The size of the file in bytes. */
  byteSize: Scalars['Int']['output'];
  /** The media type of the file. */
  contentType: Scalars['String']['output'];
  /** The name of the uploaded file. */
  filename: Scalars['String']['output'];
  /** The id of the resume, a UUID. */
  id: Scalars['ID']['output'];
  /** The account that it belongs to. */
  owner?: Maybe<User>;
  /** The reviews of this resume, newest first. */
  reviews?: Maybe<Array<ResumeReview>>;
  /** The SHA-256 of the file, 64 hexadecimal digits. */
  sha256: Scalars['String']['output'];
  /** When the upload was completed. */
  uploadedAt: Scalars['DateTime']['output'];
};

/** A page of resumes. */
export type ResumeConnection = {
  __typename?: 'ResumeConnection';
  /** The resumes of this page with their cursors. */
  edges: Array<ResumeEdge>;
  /** The resumes of this page. */
  nodes: Array<Resume>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many resumes there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A resume in a page. */
export type ResumeEdge = {
  __typename?: 'ResumeEdge';
  /** The position of this resume in the list. */
  cursor: Scalars['String']['output'];
  /** The resume. */
  node: Resume;
};

/** A review of a resume. Readable by the owner of the resume and by staff. */
export type ResumeReview = {
  __typename?: 'ResumeReview';
  /** When the review ended. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the review failed, where it did. */
  failureReason?: Maybe<Scalars['String']['output']>;
  /** The id of the review, a UUID. */
  id: Scalars['ID']['output'];
  /** The job description that the resume was held against, where one was given. */
  jobDescription?: Maybe<Scalars['String']['output']>;
  /** The score of the whole resume, 0 to 100; null until the review is complete. */
  overallScore?: Maybe<Scalars['Int']['output']>;
  /** How much of it is done, 0 to 100. */
  progress: Scalars['Int']['output'];
  /** When the review was asked for. */
  requestedAt: Scalars['DateTime']['output'];
  /** The resume that is reviewed. */
  resume?: Maybe<Resume>;
  /** What the review says, section by section. */
  sections: Array<ReviewSection>;
  /** Where the review stands. */
  status: ReviewStatus;
};

/** The review was asked for. */
export type ResumeReviewPayload = {
  __typename?: 'ResumeReviewPayload';
  /** The review. */
  review: ResumeReview;
};

/** One thing that a review found. */
export type ReviewFinding = {
  __typename?: 'ReviewFinding';
  /** The passage of the resume that it is about. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  message: Scalars['String']['output'];
  /** How much it matters. */
  severity: FindingSeverity;
  /** What to do about it. */
  suggestion?: Maybe<Scalars['String']['output']>;
};

/** One section of a review. */
export type ReviewSection = {
  __typename?: 'ReviewSection';
  /** What was found, gravest first. */
  findings: Array<ReviewFinding>;
  /** The name of the section, for example `Experience`. */
  name: Scalars['String']['output'];
  /** The score of the section, 0 to 100. */
  score: Scalars['Int']['output'];
};

/** Where a review stands. */
export type ReviewStatus =
  /** Was cancelled. */
  | 'CANCELLED'
  /** Is finished. */
  | 'COMPLETED'
  /** Could not be written; `failureReason` says why. */
  | 'FAILED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Is being written. */
  | 'RUNNING';

/** Permission to send one file: PUT its bytes to `url`, then call `completeUpload`. */
export type Upload = {
  __typename?: 'Upload';
  /** When the permission runs out. */
  expiresAt: Scalars['DateTime']['output'];
  /** The id of the upload, a UUID; the resume will have the same id. */
  id: Scalars['ID']['output'];
  /** Where to PUT the bytes: a path on this server that needs no further authorization. */
  url: Scalars['String']['output'];
};

/** The bytes received so far are not the file that was announced: they are missing, or size, hash or type differ. */
export type UploadIncomplete = Problem & {
  __typename?: 'UploadIncomplete';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** How many bytes have been received. */
  receivedBytes: Scalars['Int']['output'];
};

/** The file cannot be accepted: its type or size is not allowed, or the account holds too many. */
export type UploadRefused = Problem & {
  __typename?: 'UploadRefused';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** An account. Contact data is readable by the account itself and by staff. */
export type User = {
  __typename?: 'User';
  /** The id of the account, a UUID. */
  id: Scalars['ID']['output'];
  /** The resumes of this account, newest first. Readable by the account itself and by staff. */
  resumes?: Maybe<ResumeConnection>;
};


/** An account. Contact data is readable by the account itself and by staff. */
export type UserResumesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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
  Resume: Resume;
  ResumeReview: ResumeReview;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Resume:
    ( { __typename: 'Resume' }
    & GraphQLRecursivePick<FederationTypes['Resume'], {"id":true}> );
  ResumeReview:
    ( { __typename: 'ResumeReview' }
    & GraphQLRecursivePick<FederationTypes['ResumeReview'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CompleteUploadResult:
    | ( Omit<CompleteUploadSuccess, 'resume'> & { resume: _RefType['Resume'] } )
    | ( NotFound )
    | ( UploadIncomplete )
  ;
  CreateUploadResult:
    | ( CreateUploadSuccess )
    | ( InvalidInput )
    | ( UploadRefused )
  ;
  DeleteResumeResult:
    | ( DeleteResumePayload )
    | ( NotFound )
  ;
  RequestResumeReviewResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<ResumeReviewPayload, 'review'> & { review: _RefType['ResumeReview'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( InvalidInput )
    | ( NotFound )
    | ( UploadIncomplete )
    | ( UploadRefused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CompleteUploadInput: CompleteUploadInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CompleteUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompleteUploadResult']>;
  CompleteUploadSuccess: ResolverTypeWrapper<Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversTypes['Resume'] }>;
  CreateUploadInput: CreateUploadInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CreateUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateUploadResult']>;
  CreateUploadSuccess: ResolverTypeWrapper<CreateUploadSuccess>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: ResolverTypeWrapper<DeleteResumePayload>;
  DeleteResumeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteResumeResult']>;
  FindingSeverity: FindingSeverity;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RequestResumeReviewResult']>;
  Resume: ResolverTypeWrapper<ResumeRow>;
  ResumeConnection: ResolverTypeWrapper<Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ResumeEdge']>, nodes: Array<ResolversTypes['Resume']> }>;
  ResumeEdge: ResolverTypeWrapper<Omit<ResumeEdge, 'node'> & { node: ResolversTypes['Resume'] }>;
  ResumeReview: ResolverTypeWrapper<ReviewRow>;
  ResumeReviewPayload: ResolverTypeWrapper<Omit<ResumeReviewPayload, 'review'> & { review: ResolversTypes['ResumeReview'] }>;
  ReviewFinding: ResolverTypeWrapper<ReviewFinding>;
  ReviewSection: ResolverTypeWrapper<ReviewSection>;
  ReviewStatus: ReviewStatus;
  Upload: ResolverTypeWrapper<Upload>;
  UploadIncomplete: ResolverTypeWrapper<UploadIncomplete>;
  UploadRefused: ResolverTypeWrapper<UploadRefused>;
  User: ResolverTypeWrapper<Omit<User, 'resumes'> & { resumes?: Maybe<ResolversTypes['ResumeConnection']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CompleteUploadInput: CompleteUploadInput;
  ID: Scalars['ID']['output'];
  CompleteUploadResult: ResolversUnionTypes<ResolversParentTypes>['CompleteUploadResult'];
  CompleteUploadSuccess: Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversParentTypes['Resume'] };
  CreateUploadInput: CreateUploadInput;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  CreateUploadResult: ResolversUnionTypes<ResolversParentTypes>['CreateUploadResult'];
  CreateUploadSuccess: CreateUploadSuccess;
  DateTime: Scalars['DateTime']['output'];
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: DeleteResumePayload;
  DeleteResumeResult: ResolversUnionTypes<ResolversParentTypes>['DeleteResumeResult'];
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolversUnionTypes<ResolversParentTypes>['RequestResumeReviewResult'];
  Resume: ResumeRow;
  ResumeConnection: Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ResumeEdge']>, nodes: Array<ResolversParentTypes['Resume']> };
  ResumeEdge: Omit<ResumeEdge, 'node'> & { node: ResolversParentTypes['Resume'] };
  ResumeReview: ReviewRow;
  ResumeReviewPayload: Omit<ResumeReviewPayload, 'review'> & { review: ResolversParentTypes['ResumeReview'] };
  ReviewFinding: ReviewFinding;
  ReviewSection: ReviewSection;
  Upload: Upload;
  UploadIncomplete: UploadIncomplete;
  UploadRefused: UploadRefused;
  User: Omit<User, 'resumes'> & { resumes?: Maybe<ResolversParentTypes['ResumeConnection']> } | FederationReferenceTypes['User'];
};

export type CompleteUploadResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteUploadResult'] = ResolversParentTypes['CompleteUploadResult']> = {
  __resolveType: TypeResolveFn<'CompleteUploadSuccess' | 'NotFound' | 'UploadIncomplete', ParentType, ContextType>;
};

export type CompleteUploadSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteUploadSuccess'] = ResolversParentTypes['CompleteUploadSuccess']> = {
  resume?: Resolver<ResolversTypes['Resume'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateUploadResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateUploadResult'] = ResolversParentTypes['CreateUploadResult']> = {
  __resolveType: TypeResolveFn<'CreateUploadSuccess' | 'InvalidInput' | 'UploadRefused', ParentType, ContextType>;
};

export type CreateUploadSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateUploadSuccess'] = ResolversParentTypes['CreateUploadSuccess']> = {
  upload?: Resolver<ResolversTypes['Upload'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteResumePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteResumePayload'] = ResolversParentTypes['DeleteResumePayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteResumeResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteResumeResult'] = ResolversParentTypes['DeleteResumeResult']> = {
  __resolveType: TypeResolveFn<'DeleteResumePayload' | 'NotFound', ParentType, ContextType>;
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

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  completeUpload?: Resolver<Maybe<ResolversTypes['CompleteUploadResult']>, ParentType, ContextType, RequireFields<MutationCompleteUploadArgs, 'input'>>;
  createUpload?: Resolver<Maybe<ResolversTypes['CreateUploadResult']>, ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'input'>>;
  deleteResume?: Resolver<Maybe<ResolversTypes['DeleteResumeResult']>, ParentType, ContextType, RequireFields<MutationDeleteResumeArgs, 'input'>>;
  requestResumeReview?: Resolver<Maybe<ResolversTypes['RequestResumeReviewResult']>, ParentType, ContextType, RequireFields<MutationRequestResumeReviewArgs, 'input'>>;
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
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'UploadIncomplete' | 'UploadRefused', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  resume?: Resolver<Maybe<ResolversTypes['Resume']>, ParentType, ContextType, RequireFields<QueryResumeArgs, 'id'>>;
  resumeReview?: Resolver<Maybe<ResolversTypes['ResumeReview']>, ParentType, ContextType, RequireFields<QueryResumeReviewArgs, 'id'>>;
};

export type RequestResumeReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestResumeReviewResult'] = ResolversParentTypes['RequestResumeReviewResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ResumeReviewPayload', ParentType, ContextType>;
};

export type ResumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Resume'] = ResolversParentTypes['Resume'], FederationReferenceType extends FederationReferenceTypes['Resume'] = FederationReferenceTypes['Resume']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resume']> | FederationReferenceType, FederationReferenceType, ContextType>;
  byteSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<Array<ResolversTypes['ResumeReview']>>, ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uploadedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ResumeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeConnection'] = ResolversParentTypes['ResumeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ResumeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Resume']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ResumeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeEdge'] = ResolversParentTypes['ResumeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Resume'], ParentType, ContextType>;
};

export type ResumeReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReview'] = ResolversParentTypes['ResumeReview'], FederationReferenceType extends FederationReferenceTypes['ResumeReview'] = FederationReferenceTypes['ResumeReview']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ResumeReview']> | FederationReferenceType, FederationReferenceType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  overallScore?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  resume?: Resolver<Maybe<ResolversTypes['Resume']>, ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['ReviewSection']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
};

export type ResumeReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReviewPayload'] = ResolversParentTypes['ResumeReviewPayload']> = {
  review?: Resolver<ResolversTypes['ResumeReview'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewFinding'] = ResolversParentTypes['ReviewFinding']> = {
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['FindingSeverity'], ParentType, ContextType>;
  suggestion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReviewSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSection'] = ResolversParentTypes['ReviewSection']> = {
  findings?: Resolver<Array<ResolversTypes['ReviewFinding']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadIncompleteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadIncomplete'] = ResolversParentTypes['UploadIncomplete']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UploadRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadRefused'] = ResolversParentTypes['UploadRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  resumes?: Resolver<Maybe<ResolversTypes['ResumeConnection']>, ParentType, ContextType, RequireFields<UserResumesArgs, 'first'>>;
};

export type Resolvers<ContextType = Context> = {
  CompleteUploadResult?: CompleteUploadResultResolvers<ContextType>;
  CompleteUploadSuccess?: CompleteUploadSuccessResolvers<ContextType>;
  CreateUploadResult?: CreateUploadResultResolvers<ContextType>;
  CreateUploadSuccess?: CreateUploadSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteResumePayload?: DeleteResumePayloadResolvers<ContextType>;
  DeleteResumeResult?: DeleteResumeResultResolvers<ContextType>;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RequestResumeReviewResult?: RequestResumeReviewResultResolvers<ContextType>;
  Resume?: ResumeResolvers<ContextType>;
  ResumeConnection?: ResumeConnectionResolvers<ContextType>;
  ResumeEdge?: ResumeEdgeResolvers<ContextType>;
  ResumeReview?: ResumeReviewResolvers<ContextType>;
  ResumeReviewPayload?: ResumeReviewPayloadResolvers<ContextType>;
  ReviewFinding?: ReviewFindingResolvers<ContextType>;
  ReviewSection?: ReviewSectionResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  UploadIncomplete?: UploadIncompleteResolvers<ContextType>;
  UploadRefused?: UploadRefusedResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

