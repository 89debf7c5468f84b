/** What a session is used by. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly userId: string;
}

export interface Account {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
}

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly cents: number;
  readonly onSale: boolean;
  /** Pieces that can be ordered. */
  readonly available: number;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/** Statuses in the words of the graph. */
export type Status =
  | 'PLACED'
  | 'CONFIRMED'
  | 'PAID'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'RETURNED';
export type Step = 'confirm' | 'pay' | 'ship' | 'deliver' | 'cancel' | 'return';

export interface Order {
  readonly id: string;
  readonly status: Status;
  readonly cents: number;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

export interface Resume {
  readonly id: string;
  readonly filename: string;
  readonly sha256: string;
  readonly byteSize: number;
}

export interface Review {
  readonly id: string;
  readonly resumeId: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  readonly score: number | null;
  readonly sections: number;
}

/** A page of a list, and how long the list is. */
export interface Page<Item> {
  readonly total: number;
  readonly items: readonly Item[];
}

/** A file as it is announced. */
export interface Announced {
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/**
 * One of the ways in which clients use the product, in words that all have in common: `token` is an access token. What is
 * neither the answer nor a refusal that its type names is thrown as a Fault.
 */
export interface Door {
  /** For people. */
  readonly name: string;
  register(email: string, password: string, displayName: string): Promise<Session>;
  /** @returns null where the password does not match, or nobody has the address */
  login(email: string, password: string): Promise<Session | null>;
  /** @returns null where the session has ended */
  refresh(refreshToken: string): Promise<Session | null>;
  logout(refreshToken: string): Promise<boolean>;
  me(token: string): Promise<Account>;
  changeProfile(token: string, change: { email?: string; displayName?: string }): Promise<Account>;
  changePassword(token: string, current: string, next: string): Promise<Session>;
  /** @returns the id of the account */
  deleteAccount(token: string, password: string): Promise<string>;

  createCategory(token: string, name: string, slug: string): Promise<Category>;
  renameCategory(token: string, id: string, name: string): Promise<Category>;
  category(slug: string): Promise<Category | null>;
  createProduct(token: string, sku: string, name: string, cents: number): Promise<string>;
  changeProduct(token: string, id: string, change: { name: string; cents: number }): Promise<void>;
  archiveProduct(token: string, id: string): Promise<void>;
  product(token: string, id: string): Promise<Product | null>;
  /** The id of the product with a stock keeping unit. */
  productOfSku(token: string, sku: string): Promise<string | null>;
  /** How many products are on sale, and the first of them by name. */
  browse(): Promise<Page<{ readonly id: string }>>;

  warehouses(token: string): Promise<readonly string[]>;
  /** @returns the pieces on hand in the warehouse */
  receive(token: string, productId: string, warehouseId: string, quantity: number): Promise<number>;
  adjust(token: string, productId: string, warehouseId: string, delta: number): Promise<number>;

  place(
    token: string,
    key: string,
    productId: string,
    quantity: number,
  ): Promise<Order | 'out of stock'>;
  /** @param order stands where the step is legal */
  take(token: string, orderId: string, step: Step): Promise<Order>;
  order(token: string, id: string): Promise<Order | null>;
  /** The newest orders of the caller. */
  orders(token: string, first: number): Promise<Page<Order>>;

  /** @returns the id that the resume will have, and the path that takes the bytes */
  announce(token: string, file: Announced): Promise<{ readonly id: string; readonly url: string }>;
  /** Sends the bytes of what was announced. */
  send(url: string, file: Announced): Promise<void>;
  complete(token: string, id: string): Promise<Resume>;
  /** The three in one request; absent where there is no such request. */
  readonly sendAtOnce?: (token: string, file: Announced) => Promise<Resume>;
  deleteResume(token: string, id: string): Promise<void>;
  resume(token: string, id: string): Promise<Resume | null>;
  resumes(token: string, first: number): Promise<Page<Resume>>;
  /** @returns the id of the review */
  requestReview(token: string, resumeId: string): Promise<string>;
  review(token: string, id: string): Promise<Review | null>;
}

/** What no client may meet. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
