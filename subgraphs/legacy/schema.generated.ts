import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserSource, ProductSource, CategorySource, WarehouseSource, OrderSource, ResumeSource, ReviewSource } from './mapping/entities.ts';
import type { IllegalTransitionSource } from './mapping/problems.ts';
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

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** Town or city. */
  city: Scalars['String']['output'];
  /** The ISO 3166-1 alpha-2 code of the country, for example `JP`. */
  country: Scalars['String']['output'];
  /** Street and number. */
  line1: Scalars['String']['output'];
  /** Flat, floor, building. */
  line2?: Maybe<Scalars['String']['output']>;
  /** The recipient. */
  name: Scalars['String']['output'];
  /** Postal code. */
  postalCode: Scalars['String']['output'];
  /** State, province or county. */
  region?: Maybe<Scalars['String']['output']>;
};

/** A postal address as input. */
export type AddressInput = {
  /** Town or city, 1 to 100 characters. */
  city: Scalars['String']['input'];
  /** The ISO 3166-1 alpha-2 code of the country. */
  country: Scalars['String']['input'];
  /** Street and number, 1 to 200 characters. */
  line1: Scalars['String']['input'];
  /** Flat, floor, building, at most 200 characters. */
  line2?: InputMaybe<Scalars['String']['input']>;
  /** The recipient, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** Postal code, 1 to 20 characters. */
  postalCode: Scalars['String']['input'];
  /** State, province or county, at most 100 characters. */
  region?: InputMaybe<Scalars['String']['input']>;
};

/** A correction of a count. */
export type AdjustStockInput = {
  /** How many pieces to add (positive) or take away (negative); not zero. */
  delta: Scalars['Int']['input'];
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Why, 1 to 200 characters. */
  reason: Scalars['String']['input'];
  /** The warehouse. */
  warehouseId: Scalars['ID']['input'];
};

/** What `adjustStock` gives. */
export type AdjustStockResult = InvalidInput | NotFound | OutOfStock | StockPayload;

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

/** Which product to take off sale. */
export type ArchiveProductInput = {
  /** The id of the product. */
  id: Scalars['ID']['input'];
};

/** What `archiveProduct` gives. */
export type ArchiveProductResult = NotFound | ProductPayload;

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

/** Which order to cancel, and why. */
export type CancelOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** Why, at most 200 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `cancelOrder` gives. */
export type CancelOrderResult = IllegalTransition | InvalidInput | NotFound | OrderPayload;

/** Which review to cancel. */
export type CancelResumeReviewInput = {
  /** The id of the review. */
  id: Scalars['ID']['input'];
};

/** What `cancelResumeReview` gives. */
export type CancelResumeReviewResult = NotFound | ResumeReviewPayload | ReviewEnded;

/** A node of the category tree. */
export type Category = {
  __typename?: 'Category';
  /** The categories directly below, by position and name. */
  children: Array<Category>;
  /** The id of the category, a UUID. */
  id: Scalars['ID']['output'];
  /** The name shown to customers. */
  name: Scalars['String']['output'];
  /** The category above; null at the top. */
  parent?: Maybe<Category>;
  /** The products on sale in this category and everything below it. */
  products: ProductConnection;
  /** The name used in addresses: unique, lower case. */
  slug: Scalars['String']['output'];
};


/** A node of the category tree. */
export type CategoryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ProductSort>;
};

/** The category was created or changed. */
export type CategoryPayload = {
  __typename?: 'CategoryPayload';
  /** The category after the change. */
  category: Category;
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

/** Which promised pieces have left. */
export type CommitStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `commitStock` gives. */
export type CommitStockResult = NotFound | ReservationClosed | StockReservationPayload;

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

/** Which order to confirm. */
export type ConfirmOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
};

/** What `confirmOrder` gives. */
export type ConfirmOrderResult = IllegalTransition | NotFound | OrderPayload;

/** A new category. */
export type CreateCategoryInput = {
  /** The name, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** The category above; absent at the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Where it stands among its siblings, lowest first. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** The name used in addresses: 1 to 100 of `a-z 0-9 -`, unique. */
  slug: Scalars['String']['input'];
};

/** What `createCategory` gives. */
export type CreateCategoryResult = CategoryPayload | InvalidInput;

/** A new product. */
export type CreateProductInput = {
  /** Further properties, at most 20. */
  attributes?: InputMaybe<Array<ProductAttributeInput>>;
  /** The maker or brand, at most 100 characters. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** The category. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** The description, at most 5,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The name, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** The price of one piece. */
  price: MoneyInput;
  /** The stock-keeping unit: 3 to 32 of `A-Z 0-9 -`. */
  sku: Scalars['String']['input'];
};

/** What `createProduct` gives. */
export type CreateProductResult = InvalidInput | ProductPayload | SkuTaken;

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

/** Which order has arrived. */
export type DeliverOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
};

/** What `deliverOrder` gives. */
export type DeliverOrderResult = IllegalTransition | NotFound | OrderPayload;

/** The e-mail address belongs to another account. */
export type EmailTaken = Problem & {
  __typename?: 'EmailTaken';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

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

/** The idempotency key was used before with another input. Nothing was changed. */
export type IdempotencyConflict = Problem & {
  __typename?: 'IdempotencyConflict';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** The order that the key stands for. */
  order: Order;
};

/** The order cannot take this step now. Nothing was changed. */
export type IllegalTransition = Problem & {
  __typename?: 'IllegalTransition';
  /** The steps that the caller can take instead. */
  availableActions: Array<OrderAction>;
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** Where the order stands. */
  status: OrderStatus;
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

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** The amount in minor units of the currency: cents for USD, yen for JPY. */
  amount: Scalars['Int']['output'];
  /** The ISO 4217 code of the currency, for example `USD`. */
  currency: Scalars['String']['output'];
};

/** An amount of money as input. */
export type MoneyInput = {
  /** The amount in minor units, zero or more. */
  amount: Scalars['Int']['input'];
  /** The ISO 4217 code of the currency. The store sells in USD. */
  currency?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Corrects a count. For staff. */
  adjustStock?: Maybe<AdjustStockResult>;
  /** Takes a product off sale; doing it twice is no fault. For staff. */
  archiveProduct?: Maybe<ArchiveProductResult>;
  /** Cancels an order that has not been shipped. For its customer and staff. */
  cancelOrder?: Maybe<CancelOrderResult>;
  /** Cancels a review that has not ended; cancelling it twice gives the same review. */
  cancelResumeReview?: Maybe<CancelResumeReviewResult>;
  /** Changes the password of the caller and ends all other sessions. */
  changePassword?: Maybe<ChangePasswordResult>;
  /** Notes that promised pieces have left. For services. */
  commitStock?: Maybe<CommitStockResult>;
  /** Turns the received file into a resume; doing it twice gives the same resume. */
  completeUpload?: Maybe<CompleteUploadResult>;
  /** Confirms a placed order. For staff. */
  confirmOrder?: Maybe<ConfirmOrderResult>;
  /** Adds a category. For staff. */
  createCategory?: Maybe<CreateCategoryResult>;
  /** Adds a product to the catalogue. For staff. */
  createProduct?: Maybe<CreateProductResult>;
  /** Asks for permission to send a resume. */
  createUpload?: Maybe<CreateUploadResult>;
  /** Deletes an account: one's own by its password, any for admins. Its sessions end, its resumes go within minutes, its orders stay. */
  deleteAccount?: Maybe<DeleteAccountResult>;
  /** Deletes a resume with its file and reviews. */
  deleteResume?: Maybe<DeleteResumeResult>;
  /** Notes the arrival of a shipped order. For staff. */
  deliverOrder?: Maybe<DeliverOrderResult>;
  /** Begins a session. */
  login?: Maybe<LoginResult>;
  /** Ends a session. */
  logout?: Maybe<LogoutPayload>;
  /** Ends all sessions of the caller. */
  logoutEverywhere?: Maybe<LogoutEverywherePayload>;
  /** Pays a confirmed order. For its customer. */
  payOrder?: Maybe<PayOrderResult>;
  /** Places an order of the caller and reserves its stock. */
  placeOrder?: Maybe<PlaceOrderResult>;
  /** Notes pieces that came in. For staff. */
  receiveStock?: Maybe<ReceiveStockResult>;
  /** Renews a session: gives a new access token and a new refresh token in place of the one sent. */
  refresh?: Maybe<RefreshResult>;
  /** Creates an account with the role `CUSTOMER` and logs it in. */
  register?: Maybe<RegisterResult>;
  /** Takes a promise back. For services. */
  releaseStock?: Maybe<ReleaseStockResult>;
  /** Asks for a review of a resume. It is written while the client goes on: poll `status` and `progress`, or follow `eventsUrl`. */
  requestResumeReview?: Maybe<RequestResumeReviewResult>;
  /** Promises pieces to an order. For services. */
  reserveStock?: Maybe<ReserveStockResult>;
  /** Takes a delivered order back. For its customer and staff. */
  returnOrder?: Maybe<ReturnOrderResult>;
  /** Notes that the pieces of an order have come back to where they were. For services. */
  returnStock?: Maybe<ReturnStockResult>;
  /** Ships a paid order. For staff. */
  shipOrder?: Maybe<ShipOrderResult>;
  /** Changes a category or moves it in the tree. For staff. */
  updateCategory?: Maybe<UpdateCategoryResult>;
  /** Changes a product. For staff. */
  updateProduct?: Maybe<UpdateProductResult>;
  /** Changes the profile of the caller. */
  updateProfile?: Maybe<UpdateProfileResult>;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationArchiveProductArgs = {
  input: ArchiveProductInput;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationCancelResumeReviewArgs = {
  input: CancelResumeReviewInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationCommitStockArgs = {
  input: CommitStockInput;
};


export type MutationCompleteUploadArgs = {
  input: CompleteUploadInput;
};


export type MutationConfirmOrderArgs = {
  input: ConfirmOrderInput;
};


export type MutationCreateCategoryArgs = {
  input: CreateCategoryInput;
};


export type MutationCreateProductArgs = {
  input: CreateProductInput;
};


export type MutationCreateUploadArgs = {
  input: CreateUploadInput;
};


export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


export type MutationDeleteResumeArgs = {
  input: DeleteResumeInput;
};


export type MutationDeliverOrderArgs = {
  input: DeliverOrderInput;
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


export type MutationPayOrderArgs = {
  input: PayOrderInput;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationReceiveStockArgs = {
  input: ReceiveStockInput;
};


export type MutationRefreshArgs = {
  input: RefreshInput;
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationReleaseStockArgs = {
  input: ReleaseStockInput;
};


export type MutationRequestResumeReviewArgs = {
  input: RequestResumeReviewInput;
};


export type MutationReserveStockArgs = {
  input: ReserveStockInput;
};


export type MutationReturnOrderArgs = {
  input: ReturnOrderInput;
};


export type MutationReturnStockArgs = {
  input: ReturnStockInput;
};


export type MutationShipOrderArgs = {
  input: ShipOrderInput;
};


export type MutationUpdateCategoryArgs = {
  input: UpdateCategoryInput;
};


export type MutationUpdateProductArgs = {
  input: UpdateProductInput;
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

/** An order of a customer. Readable by the customer and by staff. */
export type Order = {
  __typename?: 'Order';
  /** The steps that the caller can take now. */
  availableActions: Array<OrderAction>;
  /** The customer. */
  customer?: Maybe<User>;
  /** What has happened so far, oldest first. */
  history: Array<OrderEvent>;
  /** The id of the order, a UUID. */
  id: Scalars['ID']['output'];
  /** What was ordered, in the order in which it was asked for. */
  items: Array<OrderItem>;
  /** The number that people use, for example `SO-000123`. */
  number: Scalars['String']['output'];
  /** When the order was placed. */
  placedAt: Scalars['DateTime']['output'];
  /** Where the order goes. */
  shippingAddress: Address;
  /** Where the order stands. */
  status: OrderStatus;
  /** The sum of all items. */
  total: Money;
  /** The carrier's number, once shipped. */
  trackingNumber?: Maybe<Scalars['String']['output']>;
  /** When the order last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A step that can be taken with an order. */
export type OrderAction =
  /** The customer or staff cancel. */
  | 'CANCEL'
  /** Staff confirm the order. */
  | 'CONFIRM'
  /** Staff note the arrival. */
  | 'DELIVER'
  /** The customer pays. */
  | 'PAY'
  /** The customer or staff send the goods back. */
  | 'RETURN'
  /** Staff hand the parcel to a carrier. */
  | 'SHIP';

/** A page of orders. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** The orders of this page with their cursors. */
  edges: Array<OrderEdge>;
  /** The orders of this page. */
  nodes: Array<Order>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many orders match in all. */
  totalCount: Scalars['Int']['output'];
};

/** An order in a page. */
export type OrderEdge = {
  __typename?: 'OrderEdge';
  /** The position of this order in the list. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** One step in the life of an order. */
export type OrderEvent = {
  __typename?: 'OrderEvent';
  /** When it reached it. */
  at: Scalars['DateTime']['output'];
  /** A remark, for example the reason of a cancellation. */
  note?: Maybe<Scalars['String']['output']>;
  /** The status that the order reached. */
  status: OrderStatus;
};

/** Which orders to list. All conditions must hold. */
export type OrderFilter = {
  /** Only orders of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only the order with this number. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Only orders placed before this instant. */
  placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders placed at or after this instant. */
  placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders in this status. */
  status?: InputMaybe<OrderStatus>;
};

/** One line of an order, with name and price as they were when it was placed. */
export type OrderItem = {
  __typename?: 'OrderItem';
  /** The id of the line, a UUID. */
  id: Scalars['ID']['output'];
  /** The price of all pieces. */
  lineTotal: Money;
  /** The name when the order was placed. */
  name: Scalars['String']['output'];
  /** The product as it is today. */
  product?: Maybe<Product>;
  /** How many pieces. */
  quantity: Scalars['Int']['output'];
  /** The stock-keeping unit when the order was placed. */
  sku: Scalars['String']['output'];
  /** The price of one piece when the order was placed. */
  unitPrice: Money;
};

/** A product and how many pieces of it. */
export type OrderItemInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many pieces, 1 to 1,000. */
  quantity: Scalars['Int']['input'];
};

/** The order was placed or changed. */
export type OrderPayload = {
  __typename?: 'OrderPayload';
  /** The order after the change. */
  order: Order;
};

/** Where an order stands. */
export type OrderStatus =
  /** It was cancelled before it was shipped; stock is released and a payment is refunded. */
  | 'CANCELLED'
  /** Staff have confirmed it; it can be paid. */
  | 'CONFIRMED'
  /** It has arrived. */
  | 'DELIVERED'
  /** It has been paid; it can be shipped. */
  | 'PAID'
  /** The customer has placed it; stock is reserved. */
  | 'PLACED'
  /** It was sent back after delivery; stock is restored and the payment is refunded. */
  | 'RETURNED'
  /** It has left the warehouse. */
  | 'SHIPPED';

/** There is not enough stock. Nothing was changed. */
export type OutOfStock = Problem & {
  __typename?: 'OutOfStock';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** Each product that is short. */
  shortages: Array<StockShortage>;
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

/** Which order to pay, and how. */
export type PayOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** A token of the payment provider. The built-in test provider takes `tok_ok` and declines `tok_declined`. */
  paymentToken: Scalars['String']['input'];
};

/** What `payOrder` gives. */
export type PayOrderResult = IllegalTransition | NotFound | OrderPayload | PaymentDeclined;

/** The payment was refused. The order stays as it was. */
export type PaymentDeclined = Problem & {
  __typename?: 'PaymentDeclined';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** A new order of the caller. */
export type PlaceOrderInput = {
  /** Chosen by the client, 8 to 100 characters, unique per customer: the same key and input give the same order however often they are sent. */
  idempotencyKey: Scalars['String']['input'];
  /** What to order, 1 to 50 items, each product once. */
  items: Array<OrderItemInput>;
  /** Where the order goes. */
  shippingAddress: AddressInput;
};

/** What `placeOrder` gives. */
export type PlaceOrderResult = IdempotencyConflict | InvalidInput | OrderPayload | OutOfStock | ProductUnavailable;

/** An expected outcome other than success. Every problem has a message that can be shown to a person. */
export type Problem = {
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** Something that the store sells. */
export type Product = {
  __typename?: 'Product';
  /** Further properties such as colour or size, in a fixed order. */
  attributes: Array<ProductAttribute>;
  /** The maker or brand. */
  brand?: Maybe<Scalars['String']['output']>;
  /** The category; null for a product outside the tree. */
  category?: Maybe<Category>;
  /** When the product was created. */
  createdAt: Scalars['DateTime']['output'];
  /** A description in plain text. */
  description: Scalars['String']['output'];
  /** The id of the product, a UUID. */
  id: Scalars['ID']['output'];
  /** Whether at least one piece can be ordered now. */
  inStock?: Maybe<Scalars['Boolean']['output']>;
  /** The name shown to customers. */
  name: Scalars['String']['output'];
  /** The price of one piece. */
  price: Money;
  /** The stock-keeping unit: unique, upper case. */
  sku: Scalars['String']['output'];
  /** Whether the product is on sale. */
  status: ProductStatus;
  /** How many pieces can be ordered now, over all warehouses. */
  stock?: Maybe<Scalars['Int']['output']>;
  /** The stock per warehouse, by warehouse code. */
  stockLevels?: Maybe<Array<StockLevel>>;
  /** Every change of stock, newest first. */
  stockMovements?: Maybe<StockMovementConnection>;
  /** When the product was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** Something that the store sells. */
export type ProductStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A named property of a product. */
export type ProductAttribute = {
  __typename?: 'ProductAttribute';
  /** The name of the property, for example `Colour`. */
  name: Scalars['String']['output'];
  /** The value of the property, for example `Blue`. */
  value: Scalars['String']['output'];
};

/** A named property as input. */
export type ProductAttributeInput = {
  /** The name of the property, 1 to 50 characters. */
  name: Scalars['String']['input'];
  /** The value of the property, 1 to 200 characters. */
  value: Scalars['String']['input'];
};

/** A page of products. */
export type ProductConnection = {
  __typename?: 'ProductConnection';
  /** The products of this page with their cursors. */
  edges: Array<ProductEdge>;
  /** The products of this page. */
  nodes: Array<Product>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many products match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A product in a page. */
export type ProductEdge = {
  __typename?: 'ProductEdge';
  /** The position of this product in the list. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** Which products to list. All conditions must hold. */
export type ProductFilter = {
  /** Only products of this category and everything below it. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Only products that cost at most this, in minor units. */
  maxPrice?: InputMaybe<Scalars['Int']['input']>;
  /** Only products that cost at least this, in minor units. */
  minPrice?: InputMaybe<Scalars['Int']['input']>;
  /** Words to look for in name, brand and description; forgives spelling mistakes. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only products of this status. Customers always see products on sale only. */
  status?: InputMaybe<ProductStatus>;
};

/** The product was created or changed. */
export type ProductPayload = {
  __typename?: 'ProductPayload';
  /** The product after the change. */
  product: Product;
};

/** The order of a list of products. Equal products are ordered by id. */
export type ProductSort =
  /** By name, A to Z. */
  | 'NAME'
  /** Newest first. */
  | 'NEWEST'
  /** Dearest first. */
  | 'PRICE_HIGH_TO_LOW'
  /** Cheapest first. */
  | 'PRICE_LOW_TO_HIGH'
  /** Best match of the search text first; by name where nothing is searched for. */
  | 'RELEVANCE';

/** Whether a product is on sale. */
export type ProductStatus =
  /** On sale. */
  | 'ACTIVE'
  /** No longer on sale; still readable by id and in old orders. */
  | 'ARCHIVED';

/** A product cannot be ordered: it does not exist or is no longer on sale. */
export type ProductUnavailable = Problem & {
  __typename?: 'ProductUnavailable';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** The products that cannot be ordered. */
  productIds: Array<Scalars['ID']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** The categories at the top of the tree, by position and name. */
  categories?: Maybe<Array<Category>>;
  /** A category by its name in addresses. Null when there is none. */
  category?: Maybe<Category>;
  /** Stock levels with fewer available pieces than the threshold, fewest first. For staff. */
  lowStock?: Maybe<StockLevelConnection>;
  /** The account of the caller; null when nobody is logged in. */
  me?: Maybe<User>;
  /** An order by id: one's own, or any for staff. Null when there is none. */
  order?: Maybe<Order>;
  /** All orders, newest first. For staff. */
  orders?: Maybe<OrderConnection>;
  /** A product by id, also when it is no longer on sale. Null when there is none. */
  product?: Maybe<Product>;
  /** A product by stock-keeping unit, whatever the case of its letters. Null when there is none. */
  productBySku?: Maybe<Product>;
  /** The catalogue. */
  products?: Maybe<ProductConnection>;
  /** A resume by id: one's own, or any for staff. Null when there is none. */
  resume?: Maybe<Resume>;
  /** A review by id: of one's own resume, or any for staff. Null when there is none. */
  resumeReview?: Maybe<ResumeReview>;
  /** What has changed from one review to another. Null unless both are complete and the caller may see them. */
  resumeReviewComparison?: Maybe<ResumeReviewComparison>;
  /** An account by id: one's own, or any for staff. Null when there is none. */
  user?: Maybe<User>;
  /** All accounts that were not deleted, newest first. For admins, and services of ours. */
  users?: Maybe<UserConnection>;
  /** All warehouses, by code. For staff. */
  warehouses?: Maybe<Array<Warehouse>>;
};


export type QueryCategoryArgs = {
  slug: Scalars['String']['input'];
};


export type QueryLowStockArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  threshold?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductBySkuArgs = {
  sku: Scalars['String']['input'];
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ProductSort>;
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


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** Pieces that came in. */
export type ReceiveStockInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many pieces, 1 to 1,000,000. */
  quantity: Scalars['Int']['input'];
  /** A remark, at most 200 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The warehouse. */
  warehouseId: Scalars['ID']['input'];
};

/** What `receiveStock` gives. */
export type ReceiveStockResult = InvalidInput | NotFound | StockPayload;

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

/** Which promise to take back. */
export type ReleaseStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `releaseStock` gives. */
export type ReleaseStockResult = NotFound | ReservationClosed | StockReservationPayload;

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

/** The reservation can no longer be changed that way. */
export type ReservationClosed = Problem & {
  __typename?: 'ReservationClosed';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** Where the reservation stands. */
  status: ReservationStatus;
};

/** Where a reservation stands. */
export type ReservationStatus =
  /** The pieces have left. */
  | 'COMMITTED'
  /** The pieces are promised. */
  | 'HELD'
  /** The promise was taken back, or ran out. */
  | 'RELEASED'
  /** The pieces had left and have come back. */
  | 'RETURNED';

/** Pieces to promise to an order. Asking again for the same order gives the same reservation. */
export type ReserveStockInput = {
  /** After how many seconds the promise runs out, 1 to 86,400; absent: it does not run out. */
  expiresInSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** The products and quantities, 1 to 50. */
  items: Array<OrderItemInput>;
  /** The order, a UUID: at most one reservation is held for it. */
  orderId: Scalars['ID']['input'];
};

/** What `reserveStock` gives. */
export type ReserveStockResult = InvalidInput | OutOfStock | StockReservationPayload;

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

/** Which order is sent back, and why. */
export type ReturnOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** Why, at most 200 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `returnOrder` gives. */
export type ReturnOrderResult = IllegalTransition | InvalidInput | NotFound | OrderPayload;

/** Which pieces have come back. */
export type ReturnStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `returnStock` gives. */
export type ReturnStockResult = NotFound | ReservationClosed | StockReservationPayload;

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

/** What an account may do. */
export type Role =
  /** Staff who also manage accounts. */
  | 'ADMIN'
  /** Buys in the store and has resumes reviewed. */
  | 'CUSTOMER'
  /** Runs the catalogue, the stock and the orders. */
  | 'STAFF';

/** Which order was handed to a carrier. */
export type ShipOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** The carrier's number, 1 to 100 characters. */
  trackingNumber: Scalars['String']['input'];
};

/** What `shipOrder` gives. */
export type ShipOrderResult = IllegalTransition | InvalidInput | NotFound | OrderPayload;

/** The stock-keeping unit belongs to another product. */
export type SkuTaken = Problem & {
  __typename?: 'SkuTaken';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** The unit that is taken. */
  sku: Scalars['String']['output'];
};

/** The stock of one product in one warehouse. `available` is `onHand` less `reserved`, and never negative. */
export type StockLevel = {
  __typename?: 'StockLevel';
  /** How many can be promised. */
  available: Scalars['Int']['output'];
  /** How many pieces are in the warehouse. */
  onHand: Scalars['Int']['output'];
  /** The product. */
  product?: Maybe<Product>;
  /** How many of them are promised to orders. */
  reserved: Scalars['Int']['output'];
  /** The warehouse. */
  warehouse: Warehouse;
};

/** A page of stock levels. */
export type StockLevelConnection = {
  __typename?: 'StockLevelConnection';
  /** The levels of this page with their cursors. */
  edges: Array<StockLevelEdge>;
  /** The levels of this page. */
  nodes: Array<StockLevel>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many levels match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A stock level in a page. */
export type StockLevelEdge = {
  __typename?: 'StockLevelEdge';
  /** The position of this level in the list. */
  cursor: Scalars['String']['output'];
  /** The level. */
  node: StockLevel;
};

/** One change of the pieces in a warehouse. The sum of all movements is `onHand`. */
export type StockMovement = {
  __typename?: 'StockMovement';
  /** When the change was made. */
  createdAt: Scalars['DateTime']['output'];
  /** How many pieces came (positive) or went (negative). */
  delta: Scalars['Int']['output'];
  /** The id of the movement, a UUID. */
  id: Scalars['ID']['output'];
  /** Why stock changed. */
  kind: StockMovementKind;
  /** The order that caused the change, where one did. */
  orderId?: Maybe<Scalars['ID']['output']>;
  /** A remark by whoever made the change. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The warehouse. */
  warehouse: Warehouse;
};

/** A page of stock movements. */
export type StockMovementConnection = {
  __typename?: 'StockMovementConnection';
  /** The movements of this page with their cursors. */
  edges: Array<StockMovementEdge>;
  /** The movements of this page. */
  nodes: Array<StockMovement>;
  /** Where this page stands. */
  pageInfo: PageInfo;
  /** How many movements there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A stock movement in a page. */
export type StockMovementEdge = {
  __typename?: 'StockMovementEdge';
  /** The position of this movement in the list. */
  cursor: Scalars['String']['output'];
  /** The movement. */
  node: StockMovement;
};

/** Why stock changed. */
export type StockMovementKind =
  /** A count was corrected. */
  | 'ADJUSTED'
  /** Pieces came in. */
  | 'RECEIVED'
  /** Pieces came back from an order. */
  | 'RETURNED'
  /** Pieces left with an order. */
  | 'SHIPPED';

/** The stock was changed. */
export type StockPayload = {
  __typename?: 'StockPayload';
  /** The level after the change. */
  level: StockLevel;
};

/** Pieces promised to an order. */
export type StockReservation = {
  __typename?: 'StockReservation';
  /** When the promise runs out, unless it is committed or released before; null when it does not. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id of the reservation, a UUID. */
  id: Scalars['ID']['output'];
  /** The pieces promised. */
  lines: Array<StockReservationLine>;
  /** The order that it is for. */
  orderId: Scalars['ID']['output'];
  /** Where it stands. */
  status: ReservationStatus;
};

/** Pieces of one product promised from one warehouse. */
export type StockReservationLine = {
  __typename?: 'StockReservationLine';
  /** The product. */
  product?: Maybe<Product>;
  /** How many pieces. */
  quantity: Scalars['Int']['output'];
  /** The warehouse. */
  warehouse: Warehouse;
};

/** The reservation was made or changed. */
export type StockReservationPayload = {
  __typename?: 'StockReservationPayload';
  /** The reservation after the change. */
  reservation: StockReservation;
};

/** A product of which there is not enough. */
export type StockShortage = {
  __typename?: 'StockShortage';
  /** How many pieces can be had now. */
  available: Scalars['Int']['output'];
  /** The product. */
  product?: Maybe<Product>;
  /** How many pieces were asked for. */
  requested: Scalars['Int']['output'];
};

/** Too many failed tries for this account or from this address. */
export type TooManyAttempts = Problem & {
  __typename?: 'TooManyAttempts';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** How many seconds to wait before the next try. */
  retryAfterSeconds: Scalars['Int']['output'];
};

/** A change of a category. What is absent stays as it is. */
export type UpdateCategoryInput = {
  /** The id of the category. */
  id: Scalars['ID']['input'];
  /** A new name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A new category above, not itself nor below itself; null moves it to the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** A new place among its siblings. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** A new name for addresses. */
  slug?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateCategory` gives. */
export type UpdateCategoryResult = CategoryPayload | InvalidInput | NotFound;

/** A change of a product. What is absent stays as it is. */
export type UpdateProductInput = {
  /** New properties in place of the old ones. */
  attributes?: InputMaybe<Array<ProductAttributeInput>>;
  /** A new brand; null removes it. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** A new category; null takes the product out of the tree. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** A new description. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The id of the product. */
  id: Scalars['ID']['input'];
  /** A new name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A new price. */
  price?: InputMaybe<MoneyInput>;
  /** A new stock-keeping unit. */
  sku?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateProduct` gives. */
export type UpdateProductResult = InvalidInput | NotFound | ProductPayload | SkuTaken;

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
  /** The orders of this account, newest first. Readable by the account itself and by staff. */
  orders?: Maybe<OrderConnection>;
  /** A phone number in E.164 form. Readable by the account itself and by staff. */
  phone?: Maybe<Scalars['String']['output']>;
  /** The resumes of this account, newest first. Readable by the account itself and by staff. */
  resumes?: Maybe<ResumeConnection>;
  /** What the account may do. */
  role: Role;
  /** When the account was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** An account. Contact data is readable by the account itself and by staff. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<OrderStatus>;
};


/** An account. Contact data is readable by the account itself and by staff. */
export type UserResumesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** A place where stock is kept. */
export type Warehouse = {
  __typename?: 'Warehouse';
  /** A short code, unique. */
  code: Scalars['String']['output'];
  /** The id of the warehouse, a UUID. */
  id: Scalars['ID']['output'];
  /** The name of the warehouse. */
  name: Scalars['String']['output'];
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
  Category: Category;
  Order: Order;
  Product: Product;
  Resume: Resume;
  ResumeReview: ResumeReview;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
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
  AdjustStockResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( Omit<StockPayload, 'level'> & { level: _RefType['StockLevel'] } )
  ;
  ArchiveProductResult:
    | ( NotFound )
    | ( Omit<ProductPayload, 'product'> & { product: _RefType['Product'] } )
  ;
  CancelOrderResult:
    | ( IllegalTransitionSource )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  CancelResumeReviewResult:
    | ( NotFound )
    | ( Omit<ResumeReviewPayload, 'review'> & { review: _RefType['ResumeReview'] } )
    | ( Omit<ReviewEnded, 'review'> & { review: _RefType['ResumeReview'] } )
  ;
  ChangePasswordResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( InvalidCredentials )
    | ( InvalidInput )
  ;
  CommitStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  CompleteUploadResult:
    | ( Omit<CompleteUploadSuccess, 'resume'> & { resume: _RefType['Resume'] } )
    | ( NotFound )
    | ( UploadIncomplete )
    | ( UploadRefused )
  ;
  ConfirmOrderResult:
    | ( IllegalTransitionSource )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  CreateCategoryResult:
    | ( Omit<CategoryPayload, 'category'> & { category: _RefType['Category'] } )
    | ( InvalidInput )
  ;
  CreateProductResult:
    | ( InvalidInput )
    | ( Omit<ProductPayload, 'product'> & { product: _RefType['Product'] } )
    | ( SkuTaken )
  ;
  CreateUploadResult:
    | ( CreateUploadSuccess )
    | ( InvalidInput )
    | ( UploadRefused )
  ;
  DeleteAccountResult:
    | ( DeleteAccountPayload )
    | ( InvalidCredentials )
    | ( InvalidInput )
    | ( NotFound )
  ;
  DeleteResumeResult:
    | ( DeleteResumePayload )
    | ( NotFound )
  ;
  DeliverOrderResult:
    | ( IllegalTransitionSource )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  LoginResult:
    | ( Omit<AuthSession, 'user'> & { user: _RefType['User'] } )
    | ( InvalidCredentials )
    | ( TooManyAttempts )
  ;
  PayOrderResult:
    | ( IllegalTransitionSource )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
    | ( PaymentDeclined )
  ;
  PlaceOrderResult:
    | ( Omit<IdempotencyConflict, 'order'> & { order: _RefType['Order'] } )
    | ( InvalidInput )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( ProductUnavailable )
  ;
  ReceiveStockResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<StockPayload, 'level'> & { level: _RefType['StockLevel'] } )
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
  ReleaseStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  RequestResumeReviewResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<ResumeReviewPayload, 'review'> & { review: _RefType['ResumeReview'] } )
  ;
  ReserveStockResult:
    | ( InvalidInput )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  ReturnOrderResult:
    | ( IllegalTransitionSource )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  ReturnStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  ShipOrderResult:
    | ( IllegalTransitionSource )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  UpdateCategoryResult:
    | ( Omit<CategoryPayload, 'category'> & { category: _RefType['Category'] } )
    | ( InvalidInput )
    | ( NotFound )
  ;
  UpdateProductResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<ProductPayload, 'product'> & { product: _RefType['Product'] } )
    | ( SkuTaken )
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
    | ( Omit<IdempotencyConflict, 'order'> & { order: _RefType['Order'] } )
    | ( IllegalTransitionSource )
    | ( InvalidCredentials )
    | ( InvalidInput )
    | ( InvalidRefreshToken )
    | ( NotFound )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( PaymentDeclined )
    | ( ProductUnavailable )
    | ( ReservationClosed )
    | ( Omit<ReviewEnded, 'review'> & { review: _RefType['ResumeReview'] } )
    | ( SkuTaken )
    | ( TooManyAttempts )
    | ( UploadIncomplete )
    | ( UploadRefused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AddressInput: AddressInput;
  AdjustStockInput: AdjustStockInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AdjustStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AdjustStockResult']>;
  AgentOutcome: AgentOutcome;
  AgentRun: ResolverTypeWrapper<AgentRun>;
  ArchiveProductInput: ArchiveProductInput;
  ArchiveProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ArchiveProductResult']>;
  AuthSession: ResolverTypeWrapper<Omit<AuthSession, 'user'> & { user: ResolversTypes['User'] }>;
  CancelOrderInput: CancelOrderInput;
  CancelOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelOrderResult']>;
  CancelResumeReviewInput: CancelResumeReviewInput;
  CancelResumeReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelResumeReviewResult']>;
  Category: ResolverTypeWrapper<CategorySource>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category'> & { category: ResolversTypes['Category'] }>;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePasswordResult']>;
  CommitStockInput: CommitStockInput;
  CommitStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CommitStockResult']>;
  CompleteUploadInput: CompleteUploadInput;
  CompleteUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompleteUploadResult']>;
  CompleteUploadSuccess: ResolverTypeWrapper<Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversTypes['Resume'] }>;
  ConfirmOrderInput: ConfirmOrderInput;
  ConfirmOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConfirmOrderResult']>;
  CreateCategoryInput: CreateCategoryInput;
  CreateCategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateCategoryResult']>;
  CreateProductInput: CreateProductInput;
  CreateProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateProductResult']>;
  CreateUploadInput: CreateUploadInput;
  CreateUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateUploadResult']>;
  CreateUploadSuccess: ResolverTypeWrapper<CreateUploadSuccess>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  DeleteAccountResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteAccountResult']>;
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: ResolverTypeWrapper<DeleteResumePayload>;
  DeleteResumeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteResumeResult']>;
  DeliverOrderInput: DeliverOrderInput;
  DeliverOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeliverOrderResult']>;
  EmailTaken: ResolverTypeWrapper<EmailTaken>;
  FindingSeverity: FindingSeverity;
  IdempotencyConflict: ResolverTypeWrapper<Omit<IdempotencyConflict, 'order'> & { order: ResolversTypes['Order'] }>;
  IllegalTransition: ResolverTypeWrapper<IllegalTransitionSource>;
  InvalidCredentials: ResolverTypeWrapper<InvalidCredentials>;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  InvalidRefreshToken: ResolverTypeWrapper<InvalidRefreshToken>;
  JsonResume: ResolverTypeWrapper<Scalars['JsonResume']['output']>;
  LoginInput: LoginInput;
  LoginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LoginResult']>;
  LogoutEverywhereInput: LogoutEverywhereInput;
  LogoutEverywherePayload: ResolverTypeWrapper<LogoutEverywherePayload>;
  LogoutInput: LogoutInput;
  LogoutPayload: ResolverTypeWrapper<LogoutPayload>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  Order: ResolverTypeWrapper<OrderSource>;
  OrderAction: OrderAction;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['OrderEdge']>, nodes: Array<ResolversTypes['Order']> }>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEvent>;
  OrderFilter: OrderFilter;
  OrderItem: ResolverTypeWrapper<Omit<OrderItem, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  OrderItemInput: OrderItemInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderStatus: OrderStatus;
  OutOfStock: ResolverTypeWrapper<Omit<OutOfStock, 'shortages'> & { shortages: Array<ResolversTypes['StockShortage']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PayOrderResult']>;
  PaymentDeclined: ResolverTypeWrapper<PaymentDeclined>;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PlaceOrderResult']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Product: ResolverTypeWrapper<ProductSource>;
  ProductAttribute: ResolverTypeWrapper<ProductAttribute>;
  ProductAttributeInput: ProductAttributeInput;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ProductEdge']>, nodes: Array<ResolversTypes['Product']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductFilter: ProductFilter;
  ProductPayload: ResolverTypeWrapper<Omit<ProductPayload, 'product'> & { product: ResolversTypes['Product'] }>;
  ProductSort: ProductSort;
  ProductStatus: ProductStatus;
  ProductUnavailable: ResolverTypeWrapper<ProductUnavailable>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadSpan: ResolverTypeWrapper<ReadSpan>;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReceiveStockResult']>;
  RefreshInput: RefreshInput;
  RefreshRefusal: RefreshRefusal;
  RefreshResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefreshResult']>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterResult']>;
  ReleaseStockInput: ReleaseStockInput;
  ReleaseStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReleaseStockResult']>;
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RequestResumeReviewResult']>;
  ReservationClosed: ResolverTypeWrapper<ReservationClosed>;
  ReservationStatus: ReservationStatus;
  ReserveStockInput: ReserveStockInput;
  ReserveStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReserveStockResult']>;
  Resume: ResolverTypeWrapper<ResumeSource>;
  ResumeConnection: ResolverTypeWrapper<Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ResumeEdge']>, nodes: Array<ResolversTypes['Resume']> }>;
  ResumeEdge: ResolverTypeWrapper<Omit<ResumeEdge, 'node'> & { node: ResolversTypes['Resume'] }>;
  ResumeFile: ResolverTypeWrapper<ResumeFile>;
  ResumeReading: ResolverTypeWrapper<ResumeReading>;
  ResumeReview: ResolverTypeWrapper<ReviewSource>;
  ResumeReviewComparison: ResolverTypeWrapper<ResumeReviewComparison>;
  ResumeReviewPayload: ResolverTypeWrapper<Omit<ResumeReviewPayload, 'review'> & { review: ResolversTypes['ResumeReview'] }>;
  ReturnOrderInput: ReturnOrderInput;
  ReturnOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReturnOrderResult']>;
  ReturnStockInput: ReturnStockInput;
  ReturnStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReturnStockResult']>;
  ReviewEnded: ResolverTypeWrapper<Omit<ReviewEnded, 'review'> & { review: ResolversTypes['ResumeReview'] }>;
  ReviewFinding: ResolverTypeWrapper<ReviewFinding>;
  ReviewSection: ResolverTypeWrapper<ReviewSection>;
  ReviewSectionChange: ResolverTypeWrapper<ReviewSectionChange>;
  ReviewStatus: ReviewStatus;
  Role: Role;
  ShipOrderInput: ShipOrderInput;
  ShipOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ShipOrderResult']>;
  SkuTaken: ResolverTypeWrapper<SkuTaken>;
  StockLevel: ResolverTypeWrapper<Omit<StockLevel, 'product' | 'warehouse'> & { product?: Maybe<ResolversTypes['Product']>, warehouse: ResolversTypes['Warehouse'] }>;
  StockLevelConnection: ResolverTypeWrapper<Omit<StockLevelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['StockLevelEdge']>, nodes: Array<ResolversTypes['StockLevel']> }>;
  StockLevelEdge: ResolverTypeWrapper<Omit<StockLevelEdge, 'node'> & { node: ResolversTypes['StockLevel'] }>;
  StockMovement: ResolverTypeWrapper<Omit<StockMovement, 'warehouse'> & { warehouse: ResolversTypes['Warehouse'] }>;
  StockMovementConnection: ResolverTypeWrapper<Omit<StockMovementConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['StockMovementEdge']>, nodes: Array<ResolversTypes['StockMovement']> }>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovementKind: StockMovementKind;
  StockPayload: ResolverTypeWrapper<Omit<StockPayload, 'level'> & { level: ResolversTypes['StockLevel'] }>;
  StockReservation: ResolverTypeWrapper<Omit<StockReservation, 'lines'> & { lines: Array<ResolversTypes['StockReservationLine']> }>;
  StockReservationLine: ResolverTypeWrapper<Omit<StockReservationLine, 'product' | 'warehouse'> & { product?: Maybe<ResolversTypes['Product']>, warehouse: ResolversTypes['Warehouse'] }>;
  StockReservationPayload: ResolverTypeWrapper<Omit<StockReservationPayload, 'reservation'> & { reservation: ResolversTypes['StockReservation'] }>;
  StockShortage: ResolverTypeWrapper<Omit<StockShortage, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  TooManyAttempts: ResolverTypeWrapper<TooManyAttempts>;
  UpdateCategoryInput: UpdateCategoryInput;
  UpdateCategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateCategoryResult']>;
  UpdateProductInput: UpdateProductInput;
  UpdateProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateProductResult']>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateProfileResult']>;
  UpdateProfileSuccess: ResolverTypeWrapper<Omit<UpdateProfileSuccess, 'user'> & { user: ResolversTypes['User'] }>;
  Upload: ResolverTypeWrapper<Upload>;
  UploadHeader: ResolverTypeWrapper<UploadHeader>;
  UploadIncomplete: ResolverTypeWrapper<UploadIncomplete>;
  UploadRefusal: UploadRefusal;
  UploadRefused: ResolverTypeWrapper<UploadRefused>;
  User: ResolverTypeWrapper<UserSource>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['UserEdge']>, nodes: Array<ResolversTypes['User']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserFilter: UserFilter;
  Warehouse: ResolverTypeWrapper<WarehouseSource>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  String: Scalars['String']['output'];
  AddressInput: AddressInput;
  AdjustStockInput: AdjustStockInput;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  AdjustStockResult: ResolversUnionTypes<ResolversParentTypes>['AdjustStockResult'];
  AgentRun: AgentRun;
  ArchiveProductInput: ArchiveProductInput;
  ArchiveProductResult: ResolversUnionTypes<ResolversParentTypes>['ArchiveProductResult'];
  AuthSession: Omit<AuthSession, 'user'> & { user: ResolversParentTypes['User'] };
  CancelOrderInput: CancelOrderInput;
  CancelOrderResult: ResolversUnionTypes<ResolversParentTypes>['CancelOrderResult'];
  CancelResumeReviewInput: CancelResumeReviewInput;
  CancelResumeReviewResult: ResolversUnionTypes<ResolversParentTypes>['CancelResumeReviewResult'];
  Category: CategorySource;
  CategoryPayload: Omit<CategoryPayload, 'category'> & { category: ResolversParentTypes['Category'] };
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordResult: ResolversUnionTypes<ResolversParentTypes>['ChangePasswordResult'];
  CommitStockInput: CommitStockInput;
  CommitStockResult: ResolversUnionTypes<ResolversParentTypes>['CommitStockResult'];
  CompleteUploadInput: CompleteUploadInput;
  CompleteUploadResult: ResolversUnionTypes<ResolversParentTypes>['CompleteUploadResult'];
  CompleteUploadSuccess: Omit<CompleteUploadSuccess, 'resume'> & { resume: ResolversParentTypes['Resume'] };
  ConfirmOrderInput: ConfirmOrderInput;
  ConfirmOrderResult: ResolversUnionTypes<ResolversParentTypes>['ConfirmOrderResult'];
  CreateCategoryInput: CreateCategoryInput;
  CreateCategoryResult: ResolversUnionTypes<ResolversParentTypes>['CreateCategoryResult'];
  CreateProductInput: CreateProductInput;
  CreateProductResult: ResolversUnionTypes<ResolversParentTypes>['CreateProductResult'];
  CreateUploadInput: CreateUploadInput;
  CreateUploadResult: ResolversUnionTypes<ResolversParentTypes>['CreateUploadResult'];
  CreateUploadSuccess: CreateUploadSuccess;
  DateTime: Scalars['DateTime']['output'];
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: DeleteAccountPayload;
  DeleteAccountResult: ResolversUnionTypes<ResolversParentTypes>['DeleteAccountResult'];
  DeleteResumeInput: DeleteResumeInput;
  DeleteResumePayload: DeleteResumePayload;
  DeleteResumeResult: ResolversUnionTypes<ResolversParentTypes>['DeleteResumeResult'];
  DeliverOrderInput: DeliverOrderInput;
  DeliverOrderResult: ResolversUnionTypes<ResolversParentTypes>['DeliverOrderResult'];
  EmailTaken: EmailTaken;
  IdempotencyConflict: Omit<IdempotencyConflict, 'order'> & { order: ResolversParentTypes['Order'] };
  IllegalTransition: IllegalTransitionSource;
  InvalidCredentials: InvalidCredentials;
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  InvalidRefreshToken: InvalidRefreshToken;
  JsonResume: Scalars['JsonResume']['output'];
  LoginInput: LoginInput;
  LoginResult: ResolversUnionTypes<ResolversParentTypes>['LoginResult'];
  LogoutEverywhereInput: LogoutEverywhereInput;
  LogoutEverywherePayload: LogoutEverywherePayload;
  LogoutInput: LogoutInput;
  LogoutPayload: LogoutPayload;
  Boolean: Scalars['Boolean']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  Order: OrderSource;
  OrderConnection: Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['OrderEdge']>, nodes: Array<ResolversParentTypes['Order']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEvent;
  OrderFilter: OrderFilter;
  OrderItem: Omit<OrderItem, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  OrderItemInput: OrderItemInput;
  OrderPayload: Omit<OrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  OutOfStock: Omit<OutOfStock, 'shortages'> & { shortages: Array<ResolversParentTypes['StockShortage']> };
  PageInfo: PageInfo;
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolversUnionTypes<ResolversParentTypes>['PayOrderResult'];
  PaymentDeclined: PaymentDeclined;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderResult: ResolversUnionTypes<ResolversParentTypes>['PlaceOrderResult'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Product: ProductSource;
  ProductAttribute: ProductAttribute;
  ProductAttributeInput: ProductAttributeInput;
  ProductConnection: Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ProductEdge']>, nodes: Array<ResolversParentTypes['Product']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductFilter: ProductFilter;
  ProductPayload: Omit<ProductPayload, 'product'> & { product: ResolversParentTypes['Product'] };
  ProductUnavailable: ProductUnavailable;
  Query: Record<PropertyKey, never>;
  ReadSpan: ReadSpan;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockResult: ResolversUnionTypes<ResolversParentTypes>['ReceiveStockResult'];
  RefreshInput: RefreshInput;
  RefreshResult: ResolversUnionTypes<ResolversParentTypes>['RefreshResult'];
  RegisterInput: RegisterInput;
  RegisterResult: ResolversUnionTypes<ResolversParentTypes>['RegisterResult'];
  ReleaseStockInput: ReleaseStockInput;
  ReleaseStockResult: ResolversUnionTypes<ResolversParentTypes>['ReleaseStockResult'];
  RequestResumeReviewInput: RequestResumeReviewInput;
  RequestResumeReviewResult: ResolversUnionTypes<ResolversParentTypes>['RequestResumeReviewResult'];
  ReservationClosed: ReservationClosed;
  ReserveStockInput: ReserveStockInput;
  ReserveStockResult: ResolversUnionTypes<ResolversParentTypes>['ReserveStockResult'];
  Resume: ResumeSource;
  ResumeConnection: Omit<ResumeConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ResumeEdge']>, nodes: Array<ResolversParentTypes['Resume']> };
  ResumeEdge: Omit<ResumeEdge, 'node'> & { node: ResolversParentTypes['Resume'] };
  ResumeFile: ResumeFile;
  ResumeReading: ResumeReading;
  ResumeReview: ReviewSource;
  ResumeReviewComparison: ResumeReviewComparison;
  ResumeReviewPayload: Omit<ResumeReviewPayload, 'review'> & { review: ResolversParentTypes['ResumeReview'] };
  ReturnOrderInput: ReturnOrderInput;
  ReturnOrderResult: ResolversUnionTypes<ResolversParentTypes>['ReturnOrderResult'];
  ReturnStockInput: ReturnStockInput;
  ReturnStockResult: ResolversUnionTypes<ResolversParentTypes>['ReturnStockResult'];
  ReviewEnded: Omit<ReviewEnded, 'review'> & { review: ResolversParentTypes['ResumeReview'] };
  ReviewFinding: ReviewFinding;
  ReviewSection: ReviewSection;
  ReviewSectionChange: ReviewSectionChange;
  ShipOrderInput: ShipOrderInput;
  ShipOrderResult: ResolversUnionTypes<ResolversParentTypes>['ShipOrderResult'];
  SkuTaken: SkuTaken;
  StockLevel: Omit<StockLevel, 'product' | 'warehouse'> & { product?: Maybe<ResolversParentTypes['Product']>, warehouse: ResolversParentTypes['Warehouse'] };
  StockLevelConnection: Omit<StockLevelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['StockLevelEdge']>, nodes: Array<ResolversParentTypes['StockLevel']> };
  StockLevelEdge: Omit<StockLevelEdge, 'node'> & { node: ResolversParentTypes['StockLevel'] };
  StockMovement: Omit<StockMovement, 'warehouse'> & { warehouse: ResolversParentTypes['Warehouse'] };
  StockMovementConnection: Omit<StockMovementConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['StockMovementEdge']>, nodes: Array<ResolversParentTypes['StockMovement']> };
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  StockPayload: Omit<StockPayload, 'level'> & { level: ResolversParentTypes['StockLevel'] };
  StockReservation: Omit<StockReservation, 'lines'> & { lines: Array<ResolversParentTypes['StockReservationLine']> };
  StockReservationLine: Omit<StockReservationLine, 'product' | 'warehouse'> & { product?: Maybe<ResolversParentTypes['Product']>, warehouse: ResolversParentTypes['Warehouse'] };
  StockReservationPayload: Omit<StockReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['StockReservation'] };
  StockShortage: Omit<StockShortage, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  TooManyAttempts: TooManyAttempts;
  UpdateCategoryInput: UpdateCategoryInput;
  UpdateCategoryResult: ResolversUnionTypes<ResolversParentTypes>['UpdateCategoryResult'];
  UpdateProductInput: UpdateProductInput;
  UpdateProductResult: ResolversUnionTypes<ResolversParentTypes>['UpdateProductResult'];
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolversUnionTypes<ResolversParentTypes>['UpdateProfileResult'];
  UpdateProfileSuccess: Omit<UpdateProfileSuccess, 'user'> & { user: ResolversParentTypes['User'] };
  Upload: Upload;
  UploadHeader: UploadHeader;
  UploadIncomplete: UploadIncomplete;
  UploadRefused: UploadRefused;
  User: UserSource;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['UserEdge']>, nodes: Array<ResolversParentTypes['User']> };
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserFilter: UserFilter;
  Warehouse: WarehouseSource;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AdjustStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdjustStockResult'] = ResolversParentTypes['AdjustStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'OutOfStock' | 'StockPayload', ParentType, ContextType>;
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

export type ArchiveProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchiveProductResult'] = ResolversParentTypes['ArchiveProductResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ProductPayload', ParentType, ContextType>;
};

export type AuthSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthSession'] = ResolversParentTypes['AuthSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CancelOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelOrderResult'] = ResolversParentTypes['CancelOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type CancelResumeReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelResumeReviewResult'] = ResolversParentTypes['CancelResumeReviewResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ResumeReviewPayload' | 'ReviewEnded', ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, RequireFields<CategoryProductsArgs, 'first' | 'sort'>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryPayload'] = ResolversParentTypes['CategoryPayload']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePasswordResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangePasswordResult'] = ResolversParentTypes['ChangePasswordResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidCredentials' | 'InvalidInput', ParentType, ContextType>;
};

export type CommitStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommitStockResult'] = ResolversParentTypes['CommitStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
};

export type CompleteUploadResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteUploadResult'] = ResolversParentTypes['CompleteUploadResult']> = {
  __resolveType: TypeResolveFn<'CompleteUploadSuccess' | 'NotFound' | 'UploadIncomplete' | 'UploadRefused', ParentType, ContextType>;
};

export type CompleteUploadSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteUploadSuccess'] = ResolversParentTypes['CompleteUploadSuccess']> = {
  resume?: Resolver<ResolversTypes['Resume'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfirmOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmOrderResult'] = ResolversParentTypes['ConfirmOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type CreateCategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCategoryResult'] = ResolversParentTypes['CreateCategoryResult']> = {
  __resolveType: TypeResolveFn<'CategoryPayload' | 'InvalidInput', ParentType, ContextType>;
};

export type CreateProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateProductResult'] = ResolversParentTypes['CreateProductResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'ProductPayload' | 'SkuTaken', ParentType, ContextType>;
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

export type DeleteAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteAccountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountResult'] = ResolversParentTypes['DeleteAccountResult']> = {
  __resolveType: TypeResolveFn<'DeleteAccountPayload' | 'InvalidCredentials' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type DeleteResumePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteResumePayload'] = ResolversParentTypes['DeleteResumePayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteResumeResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteResumeResult'] = ResolversParentTypes['DeleteResumeResult']> = {
  __resolveType: TypeResolveFn<'DeleteResumePayload' | 'NotFound', ParentType, ContextType>;
};

export type DeliverOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliverOrderResult'] = ResolversParentTypes['DeliverOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type EmailTakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailTaken'] = ResolversParentTypes['EmailTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflict'] = ResolversParentTypes['IdempotencyConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IllegalTransitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IllegalTransition'] = ResolversParentTypes['IllegalTransition']> = {
  availableActions?: Resolver<Array<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
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

export interface JsonResumeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JsonResume'], any> {
  name: 'JsonResume';
}

export type LoginResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoginResult'] = ResolversParentTypes['LoginResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidCredentials' | 'TooManyAttempts', ParentType, ContextType>;
};

export type LogoutEverywherePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutEverywherePayload'] = ResolversParentTypes['LogoutEverywherePayload']> = {
  revokedSessions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LogoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  loggedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustStock?: Resolver<Maybe<ResolversTypes['AdjustStockResult']>, ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  archiveProduct?: Resolver<Maybe<ResolversTypes['ArchiveProductResult']>, ParentType, ContextType, RequireFields<MutationArchiveProductArgs, 'input'>>;
  cancelOrder?: Resolver<Maybe<ResolversTypes['CancelOrderResult']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  cancelResumeReview?: Resolver<Maybe<ResolversTypes['CancelResumeReviewResult']>, ParentType, ContextType, RequireFields<MutationCancelResumeReviewArgs, 'input'>>;
  changePassword?: Resolver<Maybe<ResolversTypes['ChangePasswordResult']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  commitStock?: Resolver<Maybe<ResolversTypes['CommitStockResult']>, ParentType, ContextType, RequireFields<MutationCommitStockArgs, 'input'>>;
  completeUpload?: Resolver<Maybe<ResolversTypes['CompleteUploadResult']>, ParentType, ContextType, RequireFields<MutationCompleteUploadArgs, 'input'>>;
  confirmOrder?: Resolver<Maybe<ResolversTypes['ConfirmOrderResult']>, ParentType, ContextType, RequireFields<MutationConfirmOrderArgs, 'input'>>;
  createCategory?: Resolver<Maybe<ResolversTypes['CreateCategoryResult']>, ParentType, ContextType, RequireFields<MutationCreateCategoryArgs, 'input'>>;
  createProduct?: Resolver<Maybe<ResolversTypes['CreateProductResult']>, ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  createUpload?: Resolver<Maybe<ResolversTypes['CreateUploadResult']>, ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'input'>>;
  deleteAccount?: Resolver<Maybe<ResolversTypes['DeleteAccountResult']>, ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'input'>>;
  deleteResume?: Resolver<Maybe<ResolversTypes['DeleteResumeResult']>, ParentType, ContextType, RequireFields<MutationDeleteResumeArgs, 'input'>>;
  deliverOrder?: Resolver<Maybe<ResolversTypes['DeliverOrderResult']>, ParentType, ContextType, RequireFields<MutationDeliverOrderArgs, 'input'>>;
  login?: Resolver<Maybe<ResolversTypes['LoginResult']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  logout?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationLogoutArgs, 'input'>>;
  logoutEverywhere?: Resolver<Maybe<ResolversTypes['LogoutEverywherePayload']>, ParentType, ContextType, RequireFields<MutationLogoutEverywhereArgs, 'input'>>;
  payOrder?: Resolver<Maybe<ResolversTypes['PayOrderResult']>, ParentType, ContextType, RequireFields<MutationPayOrderArgs, 'input'>>;
  placeOrder?: Resolver<Maybe<ResolversTypes['PlaceOrderResult']>, ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  receiveStock?: Resolver<Maybe<ResolversTypes['ReceiveStockResult']>, ParentType, ContextType, RequireFields<MutationReceiveStockArgs, 'input'>>;
  refresh?: Resolver<Maybe<ResolversTypes['RefreshResult']>, ParentType, ContextType, RequireFields<MutationRefreshArgs, 'input'>>;
  register?: Resolver<Maybe<ResolversTypes['RegisterResult']>, ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  releaseStock?: Resolver<Maybe<ResolversTypes['ReleaseStockResult']>, ParentType, ContextType, RequireFields<MutationReleaseStockArgs, 'input'>>;
  requestResumeReview?: Resolver<Maybe<ResolversTypes['RequestResumeReviewResult']>, ParentType, ContextType, RequireFields<MutationRequestResumeReviewArgs, 'input'>>;
  reserveStock?: Resolver<Maybe<ResolversTypes['ReserveStockResult']>, ParentType, ContextType, RequireFields<MutationReserveStockArgs, 'input'>>;
  returnOrder?: Resolver<Maybe<ResolversTypes['ReturnOrderResult']>, ParentType, ContextType, RequireFields<MutationReturnOrderArgs, 'input'>>;
  returnStock?: Resolver<Maybe<ResolversTypes['ReturnStockResult']>, ParentType, ContextType, RequireFields<MutationReturnStockArgs, 'input'>>;
  shipOrder?: Resolver<Maybe<ResolversTypes['ShipOrderResult']>, ParentType, ContextType, RequireFields<MutationShipOrderArgs, 'input'>>;
  updateCategory?: Resolver<Maybe<ResolversTypes['UpdateCategoryResult']>, ParentType, ContextType, RequireFields<MutationUpdateCategoryArgs, 'input'>>;
  updateProduct?: Resolver<Maybe<ResolversTypes['UpdateProductResult']>, ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'input'>>;
  updateProfile?: Resolver<Maybe<ResolversTypes['UpdateProfileResult']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderEvent']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  shippingAddress?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderPayload'] = ResolversParentTypes['OrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutOfStockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OutOfStock'] = ResolversParentTypes['OutOfStock']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  shortages?: Resolver<Array<ResolversTypes['StockShortage']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PayOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayOrderResult'] = ResolversParentTypes['PayOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'NotFound' | 'OrderPayload' | 'PaymentDeclined', ParentType, ContextType>;
};

export type PaymentDeclinedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclined'] = ResolversParentTypes['PaymentDeclined']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlaceOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflict' | 'InvalidInput' | 'OrderPayload' | 'OutOfStock' | 'ProductUnavailable', ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType: TypeResolveFn<'EmailTaken' | 'IdempotencyConflict' | 'IllegalTransition' | 'InvalidCredentials' | 'InvalidInput' | 'InvalidRefreshToken' | 'NotFound' | 'OutOfStock' | 'PaymentDeclined' | 'ProductUnavailable' | 'ReservationClosed' | 'ReviewEnded' | 'SkuTaken' | 'TooManyAttempts' | 'UploadIncomplete' | 'UploadRefused', ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attributes?: Resolver<Array<ResolversTypes['ProductAttribute']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inStock?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stockLevels?: Resolver<Maybe<Array<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, RequireFields<ProductStockMovementsArgs, 'first'>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductAttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductAttribute'] = ResolversParentTypes['ProductAttribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductPayload'] = ResolversParentTypes['ProductPayload']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductUnavailableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductUnavailable'] = ResolversParentTypes['ProductUnavailable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<Maybe<Array<ResolversTypes['Category']>>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'slug'>>;
  lowStock?: Resolver<Maybe<ResolversTypes['StockLevelConnection']>, ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first' | 'threshold'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'id'>>;
  productBySku?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductBySkuArgs, 'sku'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, RequireFields<QueryProductsArgs, 'first' | 'sort'>>;
  resume?: Resolver<Maybe<ResolversTypes['Resume']>, ParentType, ContextType, RequireFields<QueryResumeArgs, 'id'>>;
  resumeReview?: Resolver<Maybe<ResolversTypes['ResumeReview']>, ParentType, ContextType, RequireFields<QueryResumeReviewArgs, 'id'>>;
  resumeReviewComparison?: Resolver<Maybe<ResolversTypes['ResumeReviewComparison']>, ParentType, ContextType, RequireFields<QueryResumeReviewComparisonArgs, 'after' | 'before'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
  warehouses?: Resolver<Maybe<Array<ResolversTypes['Warehouse']>>, ParentType, ContextType>;
};

export type ReadSpanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadSpan'] = ResolversParentTypes['ReadSpan']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pointer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReceiveStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiveStockResult'] = ResolversParentTypes['ReceiveStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'StockPayload', ParentType, ContextType>;
};

export type RefreshResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefreshResult'] = ResolversParentTypes['RefreshResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'InvalidRefreshToken', ParentType, ContextType>;
};

export type RegisterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterResult'] = ResolversParentTypes['RegisterResult']> = {
  __resolveType: TypeResolveFn<'AuthSession' | 'EmailTaken' | 'InvalidInput', ParentType, ContextType>;
};

export type ReleaseStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseStockResult'] = ResolversParentTypes['ReleaseStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
};

export type RequestResumeReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestResumeReviewResult'] = ResolversParentTypes['RequestResumeReviewResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ResumeReviewPayload', ParentType, ContextType>;
};

export type ReservationClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationClosed'] = ResolversParentTypes['ReservationClosed']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReserveStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveStockResult'] = ResolversParentTypes['ReserveStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'OutOfStock' | 'StockReservationPayload', ParentType, ContextType>;
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

export type ReturnOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnOrderResult'] = ResolversParentTypes['ReturnOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type ReturnStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnStockResult'] = ResolversParentTypes['ReturnStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
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

export type ShipOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipOrderResult'] = ResolversParentTypes['ShipOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type SkuTakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkuTaken'] = ResolversParentTypes['SkuTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type StockLevelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevelConnection'] = ResolversParentTypes['StockLevelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StockLevelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockLevelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevelEdge'] = ResolversParentTypes['StockLevelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delta?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockPayload'] = ResolversParentTypes['StockPayload']> = {
  level?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockReservation'] = ResolversParentTypes['StockReservation']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['StockReservationLine']>, ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
};

export type StockReservationLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockReservationLine'] = ResolversParentTypes['StockReservationLine']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type StockReservationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockReservationPayload'] = ResolversParentTypes['StockReservationPayload']> = {
  reservation?: Resolver<ResolversTypes['StockReservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockShortageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockShortage'] = ResolversParentTypes['StockShortage']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TooManyAttemptsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttempts'] = ResolversParentTypes['TooManyAttempts']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateCategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCategoryResult'] = ResolversParentTypes['UpdateCategoryResult']> = {
  __resolveType: TypeResolveFn<'CategoryPayload' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type UpdateProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProductResult'] = ResolversParentTypes['UpdateProductResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ProductPayload' | 'SkuTaken', ParentType, ContextType>;
};

export type UpdateProfileResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfileResult'] = ResolversParentTypes['UpdateProfileResult']> = {
  __resolveType: TypeResolveFn<'EmailTaken' | 'InvalidInput' | 'UpdateProfileSuccess', ParentType, ContextType>;
};

export type UpdateProfileSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfileSuccess'] = ResolversParentTypes['UpdateProfileSuccess']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<UserOrdersArgs, 'first'>>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  resumes?: Resolver<Maybe<ResolversTypes['ResumeConnection']>, ParentType, ContextType, RequireFields<UserResumesArgs, 'first'>>;
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

export type WarehouseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Warehouse'] = ResolversParentTypes['Warehouse']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  AdjustStockResult?: AdjustStockResultResolvers<ContextType>;
  AgentRun?: AgentRunResolvers<ContextType>;
  ArchiveProductResult?: ArchiveProductResultResolvers<ContextType>;
  AuthSession?: AuthSessionResolvers<ContextType>;
  CancelOrderResult?: CancelOrderResultResolvers<ContextType>;
  CancelResumeReviewResult?: CancelResumeReviewResultResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  ChangePasswordResult?: ChangePasswordResultResolvers<ContextType>;
  CommitStockResult?: CommitStockResultResolvers<ContextType>;
  CompleteUploadResult?: CompleteUploadResultResolvers<ContextType>;
  CompleteUploadSuccess?: CompleteUploadSuccessResolvers<ContextType>;
  ConfirmOrderResult?: ConfirmOrderResultResolvers<ContextType>;
  CreateCategoryResult?: CreateCategoryResultResolvers<ContextType>;
  CreateProductResult?: CreateProductResultResolvers<ContextType>;
  CreateUploadResult?: CreateUploadResultResolvers<ContextType>;
  CreateUploadSuccess?: CreateUploadSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  DeleteAccountResult?: DeleteAccountResultResolvers<ContextType>;
  DeleteResumePayload?: DeleteResumePayloadResolvers<ContextType>;
  DeleteResumeResult?: DeleteResumeResultResolvers<ContextType>;
  DeliverOrderResult?: DeliverOrderResultResolvers<ContextType>;
  EmailTaken?: EmailTakenResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  IllegalTransition?: IllegalTransitionResolvers<ContextType>;
  InvalidCredentials?: InvalidCredentialsResolvers<ContextType>;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  InvalidRefreshToken?: InvalidRefreshTokenResolvers<ContextType>;
  JsonResume?: GraphQLScalarType;
  LoginResult?: LoginResultResolvers<ContextType>;
  LogoutEverywherePayload?: LogoutEverywherePayloadResolvers<ContextType>;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  OutOfStock?: OutOfStockResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PayOrderResult?: PayOrderResultResolvers<ContextType>;
  PaymentDeclined?: PaymentDeclinedResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductAttribute?: ProductAttributeResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductPayload?: ProductPayloadResolvers<ContextType>;
  ProductUnavailable?: ProductUnavailableResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReadSpan?: ReadSpanResolvers<ContextType>;
  ReceiveStockResult?: ReceiveStockResultResolvers<ContextType>;
  RefreshResult?: RefreshResultResolvers<ContextType>;
  RegisterResult?: RegisterResultResolvers<ContextType>;
  ReleaseStockResult?: ReleaseStockResultResolvers<ContextType>;
  RequestResumeReviewResult?: RequestResumeReviewResultResolvers<ContextType>;
  ReservationClosed?: ReservationClosedResolvers<ContextType>;
  ReserveStockResult?: ReserveStockResultResolvers<ContextType>;
  Resume?: ResumeResolvers<ContextType>;
  ResumeConnection?: ResumeConnectionResolvers<ContextType>;
  ResumeEdge?: ResumeEdgeResolvers<ContextType>;
  ResumeFile?: ResumeFileResolvers<ContextType>;
  ResumeReading?: ResumeReadingResolvers<ContextType>;
  ResumeReview?: ResumeReviewResolvers<ContextType>;
  ResumeReviewComparison?: ResumeReviewComparisonResolvers<ContextType>;
  ResumeReviewPayload?: ResumeReviewPayloadResolvers<ContextType>;
  ReturnOrderResult?: ReturnOrderResultResolvers<ContextType>;
  ReturnStockResult?: ReturnStockResultResolvers<ContextType>;
  ReviewEnded?: ReviewEndedResolvers<ContextType>;
  ReviewFinding?: ReviewFindingResolvers<ContextType>;
  ReviewSection?: ReviewSectionResolvers<ContextType>;
  ReviewSectionChange?: ReviewSectionChangeResolvers<ContextType>;
  ShipOrderResult?: ShipOrderResultResolvers<ContextType>;
  SkuTaken?: SkuTakenResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockLevelConnection?: StockLevelConnectionResolvers<ContextType>;
  StockLevelEdge?: StockLevelEdgeResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockPayload?: StockPayloadResolvers<ContextType>;
  StockReservation?: StockReservationResolvers<ContextType>;
  StockReservationLine?: StockReservationLineResolvers<ContextType>;
  StockReservationPayload?: StockReservationPayloadResolvers<ContextType>;
  StockShortage?: StockShortageResolvers<ContextType>;
  TooManyAttempts?: TooManyAttemptsResolvers<ContextType>;
  UpdateCategoryResult?: UpdateCategoryResultResolvers<ContextType>;
  UpdateProductResult?: UpdateProductResultResolvers<ContextType>;
  UpdateProfileResult?: UpdateProfileResultResolvers<ContextType>;
  UpdateProfileSuccess?: UpdateProfileSuccessResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  UploadHeader?: UploadHeaderResolvers<ContextType>;
  UploadIncomplete?: UploadIncompleteResolvers<ContextType>;
  UploadRefused?: UploadRefusedResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  Warehouse?: WarehouseResolvers<ContextType>;
};

