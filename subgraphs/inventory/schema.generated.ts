import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { WarehouseRow } from './repository/warehouses.ts';
import type { LevelRow, LevelList } from './repository/levels.ts';
import type { MovementRow, MovementList } from './repository/movements.ts';
import type { ReservationRow } from './repository/reservations.ts';
import type { AllocatedLine, Shortage } from './allocation.ts';
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

/** Which promised pieces have left. */
export type CommitStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `commitStock` gives. */
export type CommitStockResult = NotFound | ReservationClosed | StockReservationPayload;

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
  /** Corrects a count. For staff. */
  adjustStock?: Maybe<AdjustStockResult>;
  /** Notes that promised pieces have left. For services. */
  commitStock?: Maybe<CommitStockResult>;
  /** Notes pieces that came in. For staff. */
  receiveStock?: Maybe<ReceiveStockResult>;
  /** Takes a promise back. For services. */
  releaseStock?: Maybe<ReleaseStockResult>;
  /** Promises pieces to an order. For services. */
  reserveStock?: Maybe<ReserveStockResult>;
  /** Notes that the pieces of an order have come back to where they were. For services. */
  returnStock?: Maybe<ReturnStockResult>;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationCommitStockArgs = {
  input: CommitStockInput;
};


export type MutationReceiveStockArgs = {
  input: ReceiveStockInput;
};


export type MutationReleaseStockArgs = {
  input: ReleaseStockInput;
};


export type MutationReserveStockArgs = {
  input: ReserveStockInput;
};


export type MutationReturnStockArgs = {
  input: ReturnStockInput;
};

/** Nothing with this id exists, or the caller may not see it. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** The id that was looked for. */
  id: Scalars['ID']['output'];
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
};

/** A product and how many pieces of it. */
export type OrderItemInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many pieces, 1 to 1,000. */
  quantity: Scalars['Int']['input'];
};

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
  /** Whether at least one piece can be ordered now. */
  inStock?: Maybe<Scalars['Boolean']['output']>;
  /** How many pieces can be ordered now, over all warehouses. */
  stock?: Maybe<Scalars['Int']['output']>;
  /** The stock per warehouse, by warehouse code. */
  stockLevels?: Maybe<Array<StockLevel>>;
  /** Every change of stock, newest first. */
  stockMovements?: Maybe<StockMovementConnection>;
};


/** Something that the store sells. */
export type ProductStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Query = {
  __typename?: 'Query';
  /** Stock levels with fewer available pieces than the threshold, fewest first. For staff. */
  lowStock?: Maybe<StockLevelConnection>;
  /** All warehouses, by code. For staff. */
  warehouses?: Maybe<Array<Warehouse>>;
};


export type QueryLowStockArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  threshold?: InputMaybe<Scalars['Int']['input']>;
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

/** Which promise to take back. */
export type ReleaseStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `releaseStock` gives. */
export type ReleaseStockResult = NotFound | ReservationClosed | StockReservationPayload;

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

/** Which pieces have come back. */
export type ReturnStockInput = {
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** What `returnStock` gives. */
export type ReturnStockResult = NotFound | ReservationClosed | StockReservationPayload;

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
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AdjustStockResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( Omit<StockPayload, 'level'> & { level: _RefType['StockLevel'] } )
  ;
  CommitStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  ReceiveStockResult:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<StockPayload, 'level'> & { level: _RefType['StockLevel'] } )
  ;
  ReleaseStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  ReserveStockResult:
    | ( InvalidInput )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
  ReturnStockResult:
    | ( NotFound )
    | ( ReservationClosed )
    | ( Omit<StockReservationPayload, 'reservation'> & { reservation: _RefType['StockReservation'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<OutOfStock, 'shortages'> & { shortages: Array<_RefType['StockShortage']> } )
    | ( ReservationClosed )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AdjustStockInput: AdjustStockInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AdjustStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AdjustStockResult']>;
  CommitStockInput: CommitStockInput;
  CommitStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CommitStockResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  OrderItemInput: OrderItemInput;
  OutOfStock: ResolverTypeWrapper<Omit<OutOfStock, 'shortages'> & { shortages: Array<ResolversTypes['StockShortage']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Product: ResolverTypeWrapper<Omit<Product, 'stockLevels' | 'stockMovements'> & { stockLevels?: Maybe<Array<ResolversTypes['StockLevel']>>, stockMovements?: Maybe<ResolversTypes['StockMovementConnection']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReceiveStockResult']>;
  ReleaseStockInput: ReleaseStockInput;
  ReleaseStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReleaseStockResult']>;
  ReservationClosed: ResolverTypeWrapper<ReservationClosed>;
  ReservationStatus: ReservationStatus;
  ReserveStockInput: ReserveStockInput;
  ReserveStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReserveStockResult']>;
  ReturnStockInput: ReturnStockInput;
  ReturnStockResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReturnStockResult']>;
  StockLevel: ResolverTypeWrapper<LevelRow>;
  StockLevelConnection: ResolverTypeWrapper<LevelList>;
  StockLevelEdge: ResolverTypeWrapper<Omit<StockLevelEdge, 'node'> & { node: ResolversTypes['StockLevel'] }>;
  StockMovement: ResolverTypeWrapper<MovementRow>;
  StockMovementConnection: ResolverTypeWrapper<MovementList>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovementKind: StockMovementKind;
  StockPayload: ResolverTypeWrapper<Omit<StockPayload, 'level'> & { level: ResolversTypes['StockLevel'] }>;
  StockReservation: ResolverTypeWrapper<ReservationRow>;
  StockReservationLine: ResolverTypeWrapper<AllocatedLine>;
  StockReservationPayload: ResolverTypeWrapper<Omit<StockReservationPayload, 'reservation'> & { reservation: ResolversTypes['StockReservation'] }>;
  StockShortage: ResolverTypeWrapper<Shortage>;
  Warehouse: ResolverTypeWrapper<WarehouseRow>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdjustStockInput: AdjustStockInput;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  AdjustStockResult: ResolversUnionTypes<ResolversParentTypes>['AdjustStockResult'];
  CommitStockInput: CommitStockInput;
  CommitStockResult: ResolversUnionTypes<ResolversParentTypes>['CommitStockResult'];
  DateTime: Scalars['DateTime']['output'];
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  OrderItemInput: OrderItemInput;
  OutOfStock: Omit<OutOfStock, 'shortages'> & { shortages: Array<ResolversParentTypes['StockShortage']> };
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Product: Omit<Product, 'stockLevels' | 'stockMovements'> & { stockLevels?: Maybe<Array<ResolversParentTypes['StockLevel']>>, stockMovements?: Maybe<ResolversParentTypes['StockMovementConnection']> } | FederationReferenceTypes['Product'];
  Query: Record<PropertyKey, never>;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockResult: ResolversUnionTypes<ResolversParentTypes>['ReceiveStockResult'];
  ReleaseStockInput: ReleaseStockInput;
  ReleaseStockResult: ResolversUnionTypes<ResolversParentTypes>['ReleaseStockResult'];
  ReservationClosed: ReservationClosed;
  ReserveStockInput: ReserveStockInput;
  ReserveStockResult: ResolversUnionTypes<ResolversParentTypes>['ReserveStockResult'];
  ReturnStockInput: ReturnStockInput;
  ReturnStockResult: ResolversUnionTypes<ResolversParentTypes>['ReturnStockResult'];
  StockLevel: LevelRow;
  StockLevelConnection: LevelList;
  StockLevelEdge: Omit<StockLevelEdge, 'node'> & { node: ResolversParentTypes['StockLevel'] };
  StockMovement: MovementRow;
  StockMovementConnection: MovementList;
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  StockPayload: Omit<StockPayload, 'level'> & { level: ResolversParentTypes['StockLevel'] };
  StockReservation: ReservationRow;
  StockReservationLine: AllocatedLine;
  StockReservationPayload: Omit<StockReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['StockReservation'] };
  StockShortage: Shortage;
  Warehouse: WarehouseRow;
};

export type AdjustStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdjustStockResult'] = ResolversParentTypes['AdjustStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'OutOfStock' | 'StockPayload', ParentType, ContextType>;
};

export type CommitStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommitStockResult'] = ResolversParentTypes['CommitStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

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
  adjustStock?: Resolver<Maybe<ResolversTypes['AdjustStockResult']>, ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  commitStock?: Resolver<Maybe<ResolversTypes['CommitStockResult']>, ParentType, ContextType, RequireFields<MutationCommitStockArgs, 'input'>>;
  receiveStock?: Resolver<Maybe<ResolversTypes['ReceiveStockResult']>, ParentType, ContextType, RequireFields<MutationReceiveStockArgs, 'input'>>;
  releaseStock?: Resolver<Maybe<ResolversTypes['ReleaseStockResult']>, ParentType, ContextType, RequireFields<MutationReleaseStockArgs, 'input'>>;
  reserveStock?: Resolver<Maybe<ResolversTypes['ReserveStockResult']>, ParentType, ContextType, RequireFields<MutationReserveStockArgs, 'input'>>;
  returnStock?: Resolver<Maybe<ResolversTypes['ReturnStockResult']>, ParentType, ContextType, RequireFields<MutationReturnStockArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'OutOfStock' | 'ReservationClosed', ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inStock?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stockLevels?: Resolver<Maybe<Array<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, RequireFields<ProductStockMovementsArgs, 'first'>>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  lowStock?: Resolver<Maybe<ResolversTypes['StockLevelConnection']>, ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first' | 'threshold'>>;
  warehouses?: Resolver<Maybe<Array<ResolversTypes['Warehouse']>>, ParentType, ContextType>;
};

export type ReceiveStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiveStockResult'] = ResolversParentTypes['ReceiveStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'StockPayload', ParentType, ContextType>;
};

export type ReleaseStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseStockResult'] = ResolversParentTypes['ReleaseStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
};

export type ReservationClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationClosed'] = ResolversParentTypes['ReservationClosed']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReserveStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveStockResult'] = ResolversParentTypes['ReserveStockResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'OutOfStock' | 'StockReservationPayload', ParentType, ContextType>;
};

export type ReturnStockResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnStockResult'] = ResolversParentTypes['ReturnStockResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ReservationClosed' | 'StockReservationPayload', ParentType, ContextType>;
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

export type WarehouseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Warehouse'] = ResolversParentTypes['Warehouse']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AdjustStockResult?: AdjustStockResultResolvers<ContextType>;
  CommitStockResult?: CommitStockResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  OutOfStock?: OutOfStockResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReceiveStockResult?: ReceiveStockResultResolvers<ContextType>;
  ReleaseStockResult?: ReleaseStockResultResolvers<ContextType>;
  ReservationClosed?: ReservationClosedResolvers<ContextType>;
  ReserveStockResult?: ReserveStockResultResolvers<ContextType>;
  ReturnStockResult?: ReturnStockResultResolvers<ContextType>;
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
  Warehouse?: WarehouseResolvers<ContextType>;
};

