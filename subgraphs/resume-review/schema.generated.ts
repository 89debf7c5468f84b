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
  /** A resume in the JSON Resume schema 1.0.0 (https://jsonresume.org/schema), as a JSON object: its members `basics`, `work`, `education`, `skills`, `projects` and `languages`. What was not found is left out. */
  JsonResume: { input: unknown; output: unknown; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** How the work of an agent ended. */
export type AgentOutcome =
  /** It has answered. */
  | 'COMPLETED'
  /** It has not, or with something of no use; `message` says why. The rules have answered in its place. */
  | 'FAILED';

/** What an agent did for a review. */
export type AgentRun = {
  __typename?: 'AgentRun';
  /** The agent: structure, content, language or match. */
  agent: Scalars['String']['output'];
  /** Which try to write the review it belongs to, from 1: one that failed is followed by another. */
  attempt: Scalars['Int']['output'];
  /** What it cost, in millionths of a dollar. */
  costMicros: Scalars['Int']['output'];
  /** Who did its work: `rules`, or the kind of a model's end point. */
  driver: Scalars['String']['output'];
  /** How many milliseconds it took. */
  durationMs: Scalars['Int']['output'];
  /** Tokens that the model has read. */
  inputTokens: Scalars['Int']['output'];
  /** Why it failed, where it did. */
  message?: Maybe<Scalars['String']['output']>;
  /** The model, where there is one. */
  model?: Maybe<Scalars['String']['output']>;
  /** How it ended. */
  outcome: AgentOutcome;
  /** Tokens that the model has written. */
  outputTokens: Scalars['Int']['output'];
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
};

/** Which review to cancel. */
export type CancelResumeReviewInput = {
  /** The id of the review. */
  id: Scalars['ID']['input'];
};

/** What `cancelResumeReview` gives. */
export type CancelResumeReviewResult = NotFound | ResumeReviewPayload | ReviewEnded;

/** Which upload is complete. */
export type CompleteUploadInput = {
  /** The id of the upload. */
  id: Scalars['ID']['input'];
};

/** What `completeUpload` gives. */
export type CompleteUploadResult = CompleteUploadSuccess | NotFound | UploadIncomplete | UploadRefused;

/** The upload is complete. */
export type CompleteUploadSuccess = {
  __typename?: 'CompleteUploadSuccess';
  /** The resume. */
  resume: Resume;
};

/** A file that is about to be sent. */
export type CreateUploadInput = {
  /** The size of the file in bytes, 1 to 10,485,760 unless the server is set otherwise. */
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
  /** Cancels a review that has not ended; cancelling it twice gives the same review. */
  cancelResumeReview?: Maybe<CancelResumeReviewResult>;
  /** Turns the received file into a resume; doing it twice gives the same resume. */
  completeUpload?: Maybe<CompleteUploadResult>;
  /** Asks for permission to send a resume. */
  createUpload?: Maybe<CreateUploadResult>;
  /** Deletes a resume with its file and reviews. */
  deleteResume?: Maybe<DeleteResumeResult>;
  /** Asks for a review of a resume. It is written while the client goes on: poll `status` and `progress`, or follow `eventsUrl`. */
  requestResumeReview?: Maybe<RequestResumeReviewResult>;
};


export type MutationCancelResumeReviewArgs = {
  input: CancelResumeReviewInput;
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
  /** What has changed from one review to another. Null unless both are complete and the caller may see them. */
  resumeReviewComparison?: Maybe<ResumeReviewComparison>;
};


export type QueryResumeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryResumeReviewArgs = {
  id: Scalars['ID']['input'];
};


export type QueryResumeReviewComparisonArgs = {
  after: Scalars['ID']['input'];
  before: Scalars['ID']['input'];
};

/** Where a value was read. It counts UTF-16 code units, as the strings of JavaScript and Java do. */
export type ReadSpan = {
  __typename?: 'ReadSpan';
  /** Where it ends: `start` and its length. */
  end: Scalars['Int']['output'];
  /** The value, as JSON Pointer (RFC 6901) into the JSON Resume: `/work/0/position`. Dates and URLs are written there in the way of the schema. */
  pointer: Scalars['String']['output'];
  /** Where it begins in the text: how many units stand before it. */
  start: Scalars['Int']['output'];
};

/** Which resume to review. */
export type RequestResumeReviewInput = {
  /** A text of 8 to 100 characters of your choice: asking again with it gives the same review. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
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
  /** Where the file can be had. */
  file?: Maybe<ResumeFile>;
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

/** The file of a resume. */
export type ResumeFile = {
  __typename?: 'ResumeFile';
  /** Where to GET the file, to be saved: a path on this server or a URL that needs no further authorization. Keep it to yourself. */
  downloadUrl: Scalars['String']['output'];
  /** When the URL runs out. */
  expiresAt: Scalars['DateTime']['output'];
};

/** What was read from the file of a resume, by rules: the same file always has the same reading, whoever reviews it. */
export type ResumeReading = {
  __typename?: 'ResumeReading';
  /** What was understood: with the spans at most 100,000 bytes, beyond which the last values are left out. */
  resume: Scalars['JsonResume']['output'];
  /** Where in the text each value of it was read. */
  spans: Array<ReadSpan>;
  /** The text of the file as it was read, up to 50,000 UTF-16 code units: what is marked in it was understood. */
  text: Scalars['String']['output'];
};

/** A review of a resume. Readable by the owner of the resume and by staff. */
export type ResumeReview = {
  __typename?: 'ResumeReview';
  /** What each agent did for it, in their order; in tries that failed, too. Of very many, the newest 200. */
  agentRuns: Array<AgentRun>;
  /** When the review ended. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where to follow it by server-sent events while it is written: a path on this server that needs no further authorization. Null when it has ended. */
  eventsUrl?: Maybe<Scalars['String']['output']>;
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
  /** What was read from the file. Null until the review is complete, where it failed, and of reviews that were written before readings were kept. */
  reading?: Maybe<ResumeReading>;
  /** When the review was asked for. */
  requestedAt: Scalars['DateTime']['output'];
  /** The resume that is reviewed. */
  resume?: Maybe<Resume>;
  /** What the review says, section by section. */
  sections: Array<ReviewSection>;
  /** Where the review stands. */
  status: ReviewStatus;
};

/** What has changed from one review to another, such as those of two versions of a resume. */
export type ResumeReviewComparison = {
  __typename?: 'ResumeReviewComparison';
  /** What is found now and was not before. Praise is left out. */
  added: Array<ReviewFinding>;
  /** What is found in both. Praise is left out. */
  remaining: Array<ReviewFinding>;
  /** What was found before and is not found any more. Praise is left out. */
  resolved: Array<ReviewFinding>;
  /** How much the score has changed: above 0, it is better now. */
  scoreChange: Scalars['Int']['output'];
  /** How the score of each section has changed. */
  sections: Array<ReviewSectionChange>;
};

/** The review was asked for. */
export type ResumeReviewPayload = {
  __typename?: 'ResumeReviewPayload';
  /** The review. */
  review: ResumeReview;
};

/** The review has ended already: there is nothing to cancel. */
export type ReviewEnded = Problem & {
  __typename?: 'ReviewEnded';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** The review as it is. */
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

/** How the score of a section has changed. */
export type ReviewSectionChange = {
  __typename?: 'ReviewSectionChange';
  /** Its score now; null: the review has no such section. */
  after?: Maybe<Scalars['Int']['output']>;
  /** Its score before; null: the review had no such section. */
  before?: Maybe<Scalars['Int']['output']>;
  /** The name of the section. */
  name: Scalars['String']['output'];
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
  /** The headers to PUT them with. */
  headers: Array<UploadHeader>;
  /** The id of the upload, a UUID; the resume will have the same id. */
  id: Scalars['ID']['output'];
  /** Whether an upload that broke off can be gone on with: HEAD tells how much has come, PATCH sends the rest, as tus 1.0 has it. */
  isResumable: Scalars['Boolean']['output'];
  /** Where to PUT the bytes: a path on this server or a URL that needs no further authorization. */
  url: Scalars['String']['output'];
};

/** A header of a request. */
export type UploadHeader = {
  __typename?: 'UploadHeader';
  /** The name, in lower case. */
  name: Scalars['String']['output'];
  /** The value. */
  value: Scalars['String']['output'];
};

/** The bytes received so far are not the file that was announced: some are missing, or its hash differs. They can be sent again. */
export type UploadIncomplete = Problem & {
  __typename?: 'UploadIncomplete';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** How many bytes have been received. */
  receivedBytes: Scalars['Int']['output'];
};

/** Why a file is not accepted. */
export type UploadRefusal =
  /** The account holds as many resumes, or bytes of them, as it may. */
  | 'ACCOUNT_FULL'
  /** The file is damaged or not whole. */
  | 'BROKEN'
  /** The file can be read with a password only. */
  | 'ENCRYPTED'
  /** Too many files are on their way at this moment. */
  | 'SERVER_FULL'
  /** The file is empty or too large. */
  | 'SIZE_NOT_ALLOWED'
  /** The file is something else than its media type says. */
  | 'TYPE_DIFFERS'
  /** Files of this media type are not accepted. */
  | 'TYPE_NOT_ALLOWED'
  /** The file is an archive that unpacks to too much. */
  | 'UNPACKS_TO_TOO_MUCH';

/** The file cannot be accepted. Sending it again does not help. */
export type UploadRefused = Problem & {
  __typename?: 'UploadRefused';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** Why, for programs. */
  reason: UploadRefusal;
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
  CancelResumeReviewResult:
    | ( NotFound )
    | ( Omit<ResumeReviewPayload, 'review'> & { review: _RefType['ResumeReview'] } )
    | ( Omit<ReviewEnded, 'review'> & { review: _RefType['ResumeReview'] } )
  ;
  CompleteUploadResult:
    | ( Omit<CompleteUploadSuccess, 'resume'> & { resume: _RefType['Resume'] } )
    | ( NotFound )
    | ( UploadIncomplete )
    | ( UploadRefused )
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
    | ( Omit<ReviewEnded, 'review'> & { review: _RefType['ResumeReview'] } )
    | ( UploadIncomplete )
    | ( UploadRefused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AgentOutcome: AgentOutcome;
  AgentRun: ResolverTypeWrapper<AgentRun>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CancelResumeReviewInput: CancelResumeReviewInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CancelResumeReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelResumeReviewResult']>;
  CompleteUploadInput: CompleteUploadInput;
  CompleteUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompleteUploadResult']>;
  CompleteUploadSuccess: ResolverTypeWrapper<Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversTypes['Resume'] }>;
  CreateUploadInput: CreateUploadInput;
  CreateUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateUploadResult']>;
  CreateUploadSuccess: ResolverTypeWrapper<CreateUploadSuccess>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: ResolverTypeWrapper<DeleteResumePayload>;
  DeleteResumeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteResumeResult']>;
  FindingSeverity: FindingSeverity;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  JsonResume: ResolverTypeWrapper<Scalars['JsonResume']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadSpan: ResolverTypeWrapper<ReadSpan>;
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RequestResumeReviewResult']>;
  Resume: ResolverTypeWrapper<ResumeRow>;
  ResumeConnection: ResolverTypeWrapper<Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ResumeEdge']>, nodes: Array<ResolversTypes['Resume']> }>;
  ResumeEdge: ResolverTypeWrapper<Omit<ResumeEdge, 'node'> & { node: ResolversTypes['Resume'] }>;
  ResumeFile: ResolverTypeWrapper<ResumeFile>;
  ResumeReading: ResolverTypeWrapper<ResumeReading>;
  ResumeReview: ResolverTypeWrapper<ReviewRow>;
  ResumeReviewComparison: ResolverTypeWrapper<ResumeReviewComparison>;
  ResumeReviewPayload: ResolverTypeWrapper<Omit<ResumeReviewPayload, 'review'> & { review: ResolversTypes['ResumeReview'] }>;
  ReviewEnded: ResolverTypeWrapper<Omit<ReviewEnded, 'review'> & { review: ResolversTypes['ResumeReview'] }>;
  ReviewFinding: ResolverTypeWrapper<ReviewFinding>;
  ReviewSection: ResolverTypeWrapper<ReviewSection>;
  ReviewSectionChange: ResolverTypeWrapper<ReviewSectionChange>;
  ReviewStatus: ReviewStatus;
  Upload: ResolverTypeWrapper<Upload>;
  UploadHeader: ResolverTypeWrapper<UploadHeader>;
  UploadIncomplete: ResolverTypeWrapper<UploadIncomplete>;
  UploadRefusal: UploadRefusal;
  UploadRefused: ResolverTypeWrapper<UploadRefused>;
  User: ResolverTypeWrapper<Omit<User, 'resumes'> & { resumes?: Maybe<ResolversTypes['ResumeConnection']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AgentRun: AgentRun;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  CancelResumeReviewInput: CancelResumeReviewInput;
  ID: Scalars['ID']['output'];
  CancelResumeReviewResult: ResolversUnionTypes<ResolversParentTypes>['CancelResumeReviewResult'];
  CompleteUploadInput: CompleteUploadInput;
  CompleteUploadResult: ResolversUnionTypes<ResolversParentTypes>['CompleteUploadResult'];
  CompleteUploadSuccess: Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversParentTypes['Resume'] };
  CreateUploadInput: CreateUploadInput;
  CreateUploadResult: ResolversUnionTypes<ResolversParentTypes>['CreateUploadResult'];
  CreateUploadSuccess: CreateUploadSuccess;
  DateTime: Scalars['DateTime']['output'];
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: DeleteResumePayload;
  DeleteResumeResult: ResolversUnionTypes<ResolversParentTypes>['DeleteResumeResult'];
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  JsonResume: Scalars['JsonResume']['output'];
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  ReadSpan: ReadSpan;
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolversUnionTypes<ResolversParentTypes>['RequestResumeReviewResult'];
  Resume: ResumeRow;
  ResumeConnection: Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ResumeEdge']>, nodes: Array<ResolversParentTypes['Resume']> };
  ResumeEdge: Omit<ResumeEdge, 'node'> & { node: ResolversParentTypes['Resume'] };
  ResumeFile: ResumeFile;
  ResumeReading: ResumeReading;
  ResumeReview: ReviewRow;
  ResumeReviewComparison: ResumeReviewComparison;
  ResumeReviewPayload: Omit<ResumeReviewPayload, 'review'> & { review: ResolversParentTypes['ResumeReview'] };
  ReviewEnded: Omit<ReviewEnded, 'review'> & { review: ResolversParentTypes['ResumeReview'] };
  ReviewFinding: ReviewFinding;
  ReviewSection: ReviewSection;
  ReviewSectionChange: ReviewSectionChange;
  Upload: Upload;
  UploadHeader: UploadHeader;
  UploadIncomplete: UploadIncomplete;
  UploadRefused: UploadRefused;
  User: Omit<User, 'resumes'> & { resumes?: Maybe<ResolversParentTypes['ResumeConnection']> } | FederationReferenceTypes['User'];
};

export type AgentRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentRun'] = ResolversParentTypes['AgentRun']> = {
  agent?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  costMicros?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  driver?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inputTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AgentOutcome'], ParentType, ContextType>;
  outputTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CancelResumeReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelResumeReviewResult'] = ResolversParentTypes['CancelResumeReviewResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ResumeReviewPayload' | 'ReviewEnded', ParentType, ContextType>;
};

export type CompleteUploadResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteUploadResult'] = ResolversParentTypes['CompleteUploadResult']> = {
  __resolveType: TypeResolveFn<'CompleteUploadSuccess' | 'NotFound' | 'UploadIncomplete' | 'UploadRefused', ParentType, ContextType>;
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

export interface JsonResumeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JsonResume'], any> {
  name: 'JsonResume';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelResumeReview?: Resolver<Maybe<ResolversTypes['CancelResumeReviewResult']>, ParentType, ContextType, RequireFields<MutationCancelResumeReviewArgs, 'input'>>;
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
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ReviewEnded' | 'UploadIncomplete' | 'UploadRefused', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  resume?: Resolver<Maybe<ResolversTypes['Resume']>, ParentType, ContextType, RequireFields<QueryResumeArgs, 'id'>>;
  resumeReview?: Resolver<Maybe<ResolversTypes['ResumeReview']>, ParentType, ContextType, RequireFields<QueryResumeReviewArgs, 'id'>>;
  resumeReviewComparison?: Resolver<Maybe<ResolversTypes['ResumeReviewComparison']>, ParentType, ContextType, RequireFields<QueryResumeReviewComparisonArgs, 'after' | 'before'>>;
};

export type ReadSpanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadSpan'] = ResolversParentTypes['ReadSpan']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pointer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RequestResumeReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestResumeReviewResult'] = ResolversParentTypes['RequestResumeReviewResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ResumeReviewPayload', ParentType, ContextType>;
};

export type ResumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Resume'] = ResolversParentTypes['Resume'], FederationReferenceType extends FederationReferenceTypes['Resume'] = FederationReferenceTypes['Resume']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resume']> | FederationReferenceType, FederationReferenceType, ContextType>;
  byteSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['ResumeFile']>, ParentType, ContextType>;
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

export type ResumeFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeFile'] = ResolversParentTypes['ResumeFile']> = {
  downloadUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ResumeReadingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReading'] = ResolversParentTypes['ResumeReading']> = {
  resume?: Resolver<ResolversTypes['JsonResume'], ParentType, ContextType>;
  spans?: Resolver<Array<ResolversTypes['ReadSpan']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ResumeReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReview'] = ResolversParentTypes['ResumeReview'], FederationReferenceType extends FederationReferenceTypes['ResumeReview'] = FederationReferenceTypes['ResumeReview']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ResumeReview']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agentRuns?: Resolver<Array<ResolversTypes['AgentRun']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  eventsUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  overallScore?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reading?: Resolver<Maybe<ResolversTypes['ResumeReading']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  resume?: Resolver<Maybe<ResolversTypes['Resume']>, ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['ReviewSection']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
};

export type ResumeReviewComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReviewComparison'] = ResolversParentTypes['ResumeReviewComparison']> = {
  added?: Resolver<Array<ResolversTypes['ReviewFinding']>, ParentType, ContextType>;
  remaining?: Resolver<Array<ResolversTypes['ReviewFinding']>, ParentType, ContextType>;
  resolved?: Resolver<Array<ResolversTypes['ReviewFinding']>, ParentType, ContextType>;
  scoreChange?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['ReviewSectionChange']>, ParentType, ContextType>;
};

export type ResumeReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeReviewPayload'] = ResolversParentTypes['ResumeReviewPayload']> = {
  review?: Resolver<ResolversTypes['ResumeReview'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewEndedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEnded'] = ResolversParentTypes['ReviewEnded']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type ReviewSectionChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSectionChange'] = ResolversParentTypes['ReviewSectionChange']> = {
  after?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  headers?: Resolver<Array<ResolversTypes['UploadHeader']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isResumable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadHeaderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadHeader'] = ResolversParentTypes['UploadHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadIncompleteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadIncomplete'] = ResolversParentTypes['UploadIncomplete']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UploadRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadRefused'] = ResolversParentTypes['UploadRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['UploadRefusal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  resumes?: Resolver<Maybe<ResolversTypes['ResumeConnection']>, ParentType, ContextType, RequireFields<UserResumesArgs, 'first'>>;
};

export type Resolvers<ContextType = Context> = {
  AgentRun?: AgentRunResolvers<ContextType>;
  CancelResumeReviewResult?: CancelResumeReviewResultResolvers<ContextType>;
  CompleteUploadResult?: CompleteUploadResultResolvers<ContextType>;
  CompleteUploadSuccess?: CompleteUploadSuccessResolvers<ContextType>;
  CreateUploadResult?: CreateUploadResultResolvers<ContextType>;
  CreateUploadSuccess?: CreateUploadSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteResumePayload?: DeleteResumePayloadResolvers<ContextType>;
  DeleteResumeResult?: DeleteResumeResultResolvers<ContextType>;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  JsonResume?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReadSpan?: ReadSpanResolvers<ContextType>;
  RequestResumeReviewResult?: RequestResumeReviewResultResolvers<ContextType>;
  Resume?: ResumeResolvers<ContextType>;
  ResumeConnection?: ResumeConnectionResolvers<ContextType>;
  ResumeEdge?: ResumeEdgeResolvers<ContextType>;
  ResumeFile?: ResumeFileResolvers<ContextType>;
  ResumeReading?: ResumeReadingResolvers<ContextType>;
  ResumeReview?: ResumeReviewResolvers<ContextType>;
  ResumeReviewComparison?: ResumeReviewComparisonResolvers<ContextType>;
  ResumeReviewPayload?: ResumeReviewPayloadResolvers<ContextType>;
  ReviewEnded?: ReviewEndedResolvers<ContextType>;
  ReviewFinding?: ReviewFindingResolvers<ContextType>;
  ReviewSection?: ReviewSectionResolvers<ContextType>;
  ReviewSectionChange?: ReviewSectionChangeResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  UploadHeader?: UploadHeaderResolvers<ContextType>;
  UploadIncomplete?: UploadIncompleteResolvers<ContextType>;
  UploadRefused?: UploadRefusedResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

