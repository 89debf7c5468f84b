import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserParent, OrderList } from './resolvers.ts';
import type { OrderRow } from './repository/orders.ts';
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

/** Which order to cancel, and why. */
export type CancelOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** Why, at most 200 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `cancelOrder` gives. */
export type CancelOrderResult = IllegalTransition | InvalidInput | NotFound | OrderPayload;

/** Which order to confirm. */
export type ConfirmOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
};

/** What `confirmOrder` gives. */
export type ConfirmOrderResult = IllegalTransition | NotFound | OrderPayload;

/** Which order has arrived. */
export type DeliverOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
};

/** What `deliverOrder` gives. */
export type DeliverOrderResult = IllegalTransition | NotFound | OrderPayload;

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

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** The amount in minor units of the currency: cents for USD, yen for JPY. */
  amount: Scalars['Int']['output'];
  /** The ISO 4217 code of the currency, for example `USD`. */
  currency: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Cancels an order that has not been shipped. For its customer and staff. */
  cancelOrder?: Maybe<CancelOrderResult>;
  /** Confirms a placed order. For staff. */
  confirmOrder?: Maybe<ConfirmOrderResult>;
  /** Notes the arrival of a shipped order. For staff. */
  deliverOrder?: Maybe<DeliverOrderResult>;
  /** Pays a confirmed order. For its customer. */
  payOrder?: Maybe<PayOrderResult>;
  /** Places an order of the caller and reserves its stock. */
  placeOrder?: Maybe<PlaceOrderResult>;
  /** Takes a delivered order back. For its customer and staff. */
  returnOrder?: Maybe<ReturnOrderResult>;
  /** Ships a paid order. For staff. */
  shipOrder?: Maybe<ShipOrderResult>;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationConfirmOrderArgs = {
  input: ConfirmOrderInput;
};


export type MutationDeliverOrderArgs = {
  input: DeliverOrderInput;
};


export type MutationPayOrderArgs = {
  input: PayOrderInput;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationReturnOrderArgs = {
  input: ReturnOrderInput;
};


export type MutationShipOrderArgs = {
  input: ShipOrderInput;
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
  /** The id of the product, a UUID. */
  id: Scalars['ID']['output'];
};

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
  /** An order by id: one's own, or any for staff. Null when there is none. */
  order?: Maybe<Order>;
  /** All orders, newest first. For staff. */
  orders?: Maybe<OrderConnection>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** Which order was handed to a carrier. */
export type ShipOrderInput = {
  /** The id of the order. */
  id: Scalars['ID']['input'];
  /** The carrier's number, 1 to 100 characters. */
  trackingNumber: Scalars['String']['input'];
};

/** What `shipOrder` gives. */
export type ShipOrderResult = IllegalTransition | InvalidInput | NotFound | OrderPayload;

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

/** An account. Contact data is readable by the account itself and by staff. */
export type User = {
  __typename?: 'User';
  /** The id of the account, a UUID. */
  id: Scalars['ID']['output'];
  /** The orders of this account, newest first. Readable by the account itself and by staff. */
  orders?: Maybe<OrderConnection>;
};


/** An account. Contact data is readable by the account itself and by staff. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<OrderStatus>;
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
  Order: Order;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CancelOrderResult:
    | ( IllegalTransition )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  ConfirmOrderResult:
    | ( IllegalTransition )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  DeliverOrderResult:
    | ( IllegalTransition )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  PayOrderResult:
    | ( IllegalTransition )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
    | ( PaymentDeclined )
  ;
  PlaceOrderResult:
    | ( Omit<IdempotencyConflict, 'order'> & { order: _RefType['Order'] } )
    | ( InvalidInput )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
    | ( OutOfStock )
    | ( ProductUnavailable )
  ;
  ReturnOrderResult:
    | ( IllegalTransition )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
  ShipOrderResult:
    | ( IllegalTransition )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OrderPayload, 'order'> & { order: _RefType['Order'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( Omit<IdempotencyConflict, 'order'> & { order: _RefType['Order'] } )
    | ( IllegalTransition )
    | ( InvalidInput )
    | ( NotFound )
    | ( OutOfStock )
    | ( PaymentDeclined )
    | ( ProductUnavailable )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AddressInput: AddressInput;
  CancelOrderInput: CancelOrderInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CancelOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelOrderResult']>;
  ConfirmOrderInput: ConfirmOrderInput;
  ConfirmOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConfirmOrderResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeliverOrderInput: DeliverOrderInput;
  DeliverOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeliverOrderResult']>;
  IdempotencyConflict: ResolverTypeWrapper<Omit<IdempotencyConflict, 'order'> & { order: ResolversTypes['Order'] }>;
  IllegalTransition: ResolverTypeWrapper<IllegalTransition>;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  Money: ResolverTypeWrapper<Money>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  Order: ResolverTypeWrapper<OrderRow>;
  OrderAction: OrderAction;
  OrderConnection: ResolverTypeWrapper<OrderList>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEvent>;
  OrderFilter: OrderFilter;
  OrderItem: ResolverTypeWrapper<OrderItem>;
  OrderItemInput: OrderItemInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderStatus: OrderStatus;
  OutOfStock: ResolverTypeWrapper<OutOfStock>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PayOrderResult']>;
  PaymentDeclined: ResolverTypeWrapper<PaymentDeclined>;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PlaceOrderResult']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Product: ResolverTypeWrapper<Product>;
  ProductUnavailable: ResolverTypeWrapper<ProductUnavailable>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReturnOrderInput: ReturnOrderInput;
  ReturnOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReturnOrderResult']>;
  ShipOrderInput: ShipOrderInput;
  ShipOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ShipOrderResult']>;
  StockShortage: ResolverTypeWrapper<StockShortage>;
  User: ResolverTypeWrapper<UserParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  String: Scalars['String']['output'];
  AddressInput: AddressInput;
  CancelOrderInput: CancelOrderInput;
  ID: Scalars['ID']['output'];
  CancelOrderResult: ResolversUnionTypes<ResolversParentTypes>['CancelOrderResult'];
  ConfirmOrderInput: ConfirmOrderInput;
  ConfirmOrderResult: ResolversUnionTypes<ResolversParentTypes>['ConfirmOrderResult'];
  DateTime: Scalars['DateTime']['output'];
  DeliverOrderInput: DeliverOrderInput;
  DeliverOrderResult: ResolversUnionTypes<ResolversParentTypes>['DeliverOrderResult'];
  IdempotencyConflict: Omit<IdempotencyConflict, 'order'> & { order: ResolversParentTypes['Order'] };
  IllegalTransition: IllegalTransition;
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  Money: Money;
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  Order: OrderRow;
  OrderConnection: OrderList;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEvent;
  OrderFilter: OrderFilter;
  OrderItem: OrderItem;
  OrderItemInput: OrderItemInput;
  OrderPayload: Omit<OrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  OutOfStock: OutOfStock;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolversUnionTypes<ResolversParentTypes>['PayOrderResult'];
  PaymentDeclined: PaymentDeclined;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderResult: ResolversUnionTypes<ResolversParentTypes>['PlaceOrderResult'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Product: Product;
  ProductUnavailable: ProductUnavailable;
  Query: Record<PropertyKey, never>;
  ReturnOrderInput: ReturnOrderInput;
  ReturnOrderResult: ResolversUnionTypes<ResolversParentTypes>['ReturnOrderResult'];
  ShipOrderInput: ShipOrderInput;
  ShipOrderResult: ResolversUnionTypes<ResolversParentTypes>['ShipOrderResult'];
  StockShortage: StockShortage;
  User: UserParent;
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

export type CancelOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelOrderResult'] = ResolversParentTypes['CancelOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type ConfirmOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmOrderResult'] = ResolversParentTypes['ConfirmOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeliverOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliverOrderResult'] = ResolversParentTypes['DeliverOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
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

export type InvalidFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidField'] = ResolversParentTypes['InvalidField']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  fields?: Resolver<Array<ResolversTypes['InvalidField']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<Maybe<ResolversTypes['CancelOrderResult']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  confirmOrder?: Resolver<Maybe<ResolversTypes['ConfirmOrderResult']>, ParentType, ContextType, RequireFields<MutationConfirmOrderArgs, 'input'>>;
  deliverOrder?: Resolver<Maybe<ResolversTypes['DeliverOrderResult']>, ParentType, ContextType, RequireFields<MutationDeliverOrderArgs, 'input'>>;
  payOrder?: Resolver<Maybe<ResolversTypes['PayOrderResult']>, ParentType, ContextType, RequireFields<MutationPayOrderArgs, 'input'>>;
  placeOrder?: Resolver<Maybe<ResolversTypes['PlaceOrderResult']>, ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  returnOrder?: Resolver<Maybe<ResolversTypes['ReturnOrderResult']>, ParentType, ContextType, RequireFields<MutationReturnOrderArgs, 'input'>>;
  shipOrder?: Resolver<Maybe<ResolversTypes['ShipOrderResult']>, ParentType, ContextType, RequireFields<MutationShipOrderArgs, 'input'>>;
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
  __resolveType: TypeResolveFn<'IdempotencyConflict' | 'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OutOfStock' | 'PaymentDeclined' | 'ProductUnavailable', ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ProductUnavailableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductUnavailable'] = ResolversParentTypes['ProductUnavailable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
};

export type ReturnOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnOrderResult'] = ResolversParentTypes['ReturnOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type ShipOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipOrderResult'] = ResolversParentTypes['ShipOrderResult']> = {
  __resolveType: TypeResolveFn<'IllegalTransition' | 'InvalidInput' | 'NotFound' | 'OrderPayload', ParentType, ContextType>;
};

export type StockShortageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockShortage'] = ResolversParentTypes['StockShortage']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<UserOrdersArgs, 'first'>>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  CancelOrderResult?: CancelOrderResultResolvers<ContextType>;
  ConfirmOrderResult?: ConfirmOrderResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeliverOrderResult?: DeliverOrderResultResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  IllegalTransition?: IllegalTransitionResolvers<ContextType>;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
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
  ProductUnavailable?: ProductUnavailableResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReturnOrderResult?: ReturnOrderResultResolvers<ContextType>;
  ShipOrderResult?: ShipOrderResultResolvers<ContextType>;
  StockShortage?: StockShortageResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

