import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductRow } from './repository/products.ts';
import type { CategoryRow } from './repository/categories.ts';
import type { ProductList } from './repository/product-pages.ts';
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

/** Which product to take off sale. */
export type ArchiveProductInput = {
  /** The id of the product. */
  id: Scalars['ID']['input'];
};

/** What `archiveProduct` gives. */
export type ArchiveProductResult = NotFound | ProductPayload;

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

/** An amount of money as input. */
export type MoneyInput = {
  /** The amount in minor units, zero or more. */
  amount: Scalars['Int']['input'];
  /** The ISO 4217 code of the currency. The store sells in USD. */
  currency?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Takes a product off sale; doing it twice is no fault. For staff. */
  archiveProduct?: Maybe<ArchiveProductResult>;
  /** Adds a category. For staff. */
  createCategory?: Maybe<CreateCategoryResult>;
  /** Adds a product to the catalogue. For staff. */
  createProduct?: Maybe<CreateProductResult>;
  /** Changes a category or moves it in the tree. For staff. */
  updateCategory?: Maybe<UpdateCategoryResult>;
  /** Changes a product. For staff. */
  updateProduct?: Maybe<UpdateProductResult>;
};


export type MutationArchiveProductArgs = {
  input: ArchiveProductInput;
};


export type MutationCreateCategoryArgs = {
  input: CreateCategoryInput;
};


export type MutationCreateProductArgs = {
  input: CreateProductInput;
};


export type MutationUpdateCategoryArgs = {
  input: UpdateCategoryInput;
};


export type MutationUpdateProductArgs = {
  input: UpdateProductInput;
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
  /** The name shown to customers. */
  name: Scalars['String']['output'];
  /** The price of one piece. */
  price: Money;
  /** The stock-keeping unit: unique, upper case. */
  sku: Scalars['String']['output'];
  /** Whether the product is on sale. */
  status: ProductStatus;
  /** When the product was last changed. */
  updatedAt: Scalars['DateTime']['output'];
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

export type Query = {
  __typename?: 'Query';
  /** The categories at the top of the tree, by position and name. */
  categories?: Maybe<Array<Category>>;
  /** A category by its name in addresses. Null when there is none. */
  category?: Maybe<Category>;
  /** A product by id, also when it is no longer on sale. Null when there is none. */
  product?: Maybe<Product>;
  /** A product by stock-keeping unit, whatever the case of its letters. Null when there is none. */
  productBySku?: Maybe<Product>;
  /** The catalogue. */
  products?: Maybe<ProductConnection>;
};


export type QueryCategoryArgs = {
  slug: Scalars['String']['input'];
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

/** The stock-keeping unit belongs to another product. */
export type SkuTaken = Problem & {
  __typename?: 'SkuTaken';
  /** What went wrong and what to do about it. */
  message: Scalars['String']['output'];
  /** The unit that is taken. */
  sku: Scalars['String']['output'];
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
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ArchiveProductResult:
    | ( NotFound )
    | ( Omit<ProductPayload, 'product'> & { product: _RefType['Product'] } )
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
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( InvalidInput )
    | ( NotFound )
    | ( SkuTaken )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ArchiveProductInput: ArchiveProductInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ArchiveProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ArchiveProductResult']>;
  Category: ResolverTypeWrapper<CategoryRow>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category'> & { category: ResolversTypes['Category'] }>;
  CreateCategoryInput: CreateCategoryInput;
  CreateCategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateCategoryResult']>;
  CreateProductInput: CreateProductInput;
  CreateProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateProductResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  InvalidField: ResolverTypeWrapper<InvalidField>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Product: ResolverTypeWrapper<ProductRow>;
  ProductAttribute: ResolverTypeWrapper<ProductAttribute>;
  ProductAttributeInput: ProductAttributeInput;
  ProductConnection: ResolverTypeWrapper<ProductList>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductFilter: ProductFilter;
  ProductPayload: ResolverTypeWrapper<Omit<ProductPayload, 'product'> & { product: ResolversTypes['Product'] }>;
  ProductSort: ProductSort;
  ProductStatus: ProductStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SkuTaken: ResolverTypeWrapper<SkuTaken>;
  UpdateCategoryInput: UpdateCategoryInput;
  UpdateCategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateCategoryResult']>;
  UpdateProductInput: UpdateProductInput;
  UpdateProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateProductResult']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ArchiveProductInput: ArchiveProductInput;
  ID: Scalars['ID']['output'];
  ArchiveProductResult: ResolversUnionTypes<ResolversParentTypes>['ArchiveProductResult'];
  Category: CategoryRow;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  CategoryPayload: Omit<CategoryPayload, 'category'> & { category: ResolversParentTypes['Category'] };
  CreateCategoryInput: CreateCategoryInput;
  CreateCategoryResult: ResolversUnionTypes<ResolversParentTypes>['CreateCategoryResult'];
  CreateProductInput: CreateProductInput;
  CreateProductResult: ResolversUnionTypes<ResolversParentTypes>['CreateProductResult'];
  DateTime: Scalars['DateTime']['output'];
  InvalidField: InvalidField;
  InvalidInput: InvalidInput;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Product: ProductRow;
  ProductAttribute: ProductAttribute;
  ProductAttributeInput: ProductAttributeInput;
  ProductConnection: ProductList;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductFilter: ProductFilter;
  ProductPayload: Omit<ProductPayload, 'product'> & { product: ResolversParentTypes['Product'] };
  Query: Record<PropertyKey, never>;
  SkuTaken: SkuTaken;
  UpdateCategoryInput: UpdateCategoryInput;
  UpdateCategoryResult: ResolversUnionTypes<ResolversParentTypes>['UpdateCategoryResult'];
  UpdateProductInput: UpdateProductInput;
  UpdateProductResult: ResolversUnionTypes<ResolversParentTypes>['UpdateProductResult'];
};

export type ArchiveProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchiveProductResult'] = ResolversParentTypes['ArchiveProductResult']> = {
  __resolveType: TypeResolveFn<'NotFound' | 'ProductPayload', ParentType, ContextType>;
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

export type CreateCategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCategoryResult'] = ResolversParentTypes['CreateCategoryResult']> = {
  __resolveType: TypeResolveFn<'CategoryPayload' | 'InvalidInput', ParentType, ContextType>;
};

export type CreateProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateProductResult'] = ResolversParentTypes['CreateProductResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'ProductPayload' | 'SkuTaken', ParentType, ContextType>;
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

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  archiveProduct?: Resolver<Maybe<ResolversTypes['ArchiveProductResult']>, ParentType, ContextType, RequireFields<MutationArchiveProductArgs, 'input'>>;
  createCategory?: Resolver<Maybe<ResolversTypes['CreateCategoryResult']>, ParentType, ContextType, RequireFields<MutationCreateCategoryArgs, 'input'>>;
  createProduct?: Resolver<Maybe<ResolversTypes['CreateProductResult']>, ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  updateCategory?: Resolver<Maybe<ResolversTypes['UpdateCategoryResult']>, ParentType, ContextType, RequireFields<MutationUpdateCategoryArgs, 'input'>>;
  updateProduct?: Resolver<Maybe<ResolversTypes['UpdateProductResult']>, ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'input'>>;
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
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'SkuTaken', ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attributes?: Resolver<Array<ResolversTypes['ProductAttribute']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<Maybe<Array<ResolversTypes['Category']>>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'slug'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'id'>>;
  productBySku?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductBySkuArgs, 'sku'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, RequireFields<QueryProductsArgs, 'first' | 'sort'>>;
};

export type SkuTakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkuTaken'] = ResolversParentTypes['SkuTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateCategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCategoryResult'] = ResolversParentTypes['UpdateCategoryResult']> = {
  __resolveType: TypeResolveFn<'CategoryPayload' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type UpdateProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProductResult'] = ResolversParentTypes['UpdateProductResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'NotFound' | 'ProductPayload' | 'SkuTaken', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ArchiveProductResult?: ArchiveProductResultResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  CreateCategoryResult?: CreateCategoryResultResolvers<ContextType>;
  CreateProductResult?: CreateProductResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  InvalidField?: InvalidFieldResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductAttribute?: ProductAttributeResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductPayload?: ProductPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SkuTaken?: SkuTakenResolvers<ContextType>;
  UpdateCategoryResult?: UpdateCategoryResultResolvers<ContextType>;
  UpdateProductResult?: UpdateProductResultResolvers<ContextType>;
};

