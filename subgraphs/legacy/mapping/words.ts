import type {
  FindingSeverity,
  OrderStatus,
  ProductSort,
  ProductStatus,
  RefreshRefusal,
  ReservationStatus,
  ReviewStatus,
  Role,
  StockMovementKind,
  UploadRefusal,
} from '../schema.generated.ts';

export const ROLES = {
  CUST: 'CUSTOMER',
  STAFF: 'STAFF',
  ADM: 'ADMIN',
} as const satisfies Words<Role>;

export const ORDER_STATUSES = {
  NEW: 'PLACED',
  CONF: 'CONFIRMED',
  PAID: 'PAID',
  SHIP: 'SHIPPED',
  DLVD: 'DELIVERED',
  CANC: 'CANCELLED',
  RETD: 'RETURNED',
} as const satisfies Words<OrderStatus>;

export const MOVEMENT_KINDS = {
  IN: 'RECEIVED',
  ADJ: 'ADJUSTED',
  OUT: 'SHIPPED',
  RET: 'RETURNED',
} as const satisfies Words<StockMovementKind>;

export const RESERVATION_STATES = {
  H: 'HELD',
  C: 'COMMITTED',
  R: 'RELEASED',
  B: 'RETURNED',
} as const satisfies Words<ReservationStatus>;

export const REVIEW_STATES = {
  DONE: 'COMPLETED',
  ERR: 'FAILED',
} as const satisfies Words<ReviewStatus>;

export const PRODUCT_STATUSES = {
  active: 'ACTIVE',
  archived: 'ARCHIVED',
} as const satisfies Words<ProductStatus>;

export const PRODUCT_SORTS = {
  relevance: 'RELEVANCE',
  name: 'NAME',
  price: 'PRICE_LOW_TO_HIGH',
  '-price': 'PRICE_HIGH_TO_LOW',
  newest: 'NEWEST',
} as const satisfies Words<ProductSort>;

/** Gravest first. */
export const SEVERITIES: readonly FindingSeverity[] = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'];

/** The same words on both sides. */
export const UPLOAD_REFUSALS = {
  TYPE_NOT_ALLOWED: 'TYPE_NOT_ALLOWED',
  SIZE_NOT_ALLOWED: 'SIZE_NOT_ALLOWED',
  ACCOUNT_FULL: 'ACCOUNT_FULL',
  SERVER_FULL: 'SERVER_FULL',
  TYPE_DIFFERS: 'TYPE_DIFFERS',
  ENCRYPTED: 'ENCRYPTED',
  BROKEN: 'BROKEN',
  UNPACKS_TO_TOO_MUCH: 'UNPACKS_TO_TOO_MUCH',
} as const satisfies Words<UploadRefusal>;

/** The same words on both sides. */
export const REFRESH_REFUSALS = {
  UNKNOWN: 'UNKNOWN',
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
  REUSED: 'REUSED',
} as const satisfies Words<RefreshRefusal>;

/** Words of the monolith and the words of the graph for them, one to one. */
type Words<Word extends string> = Readonly<Record<string, Word>>;

/** The graph's word for a word of the monolith. @throws when the monolith sent a word that nobody knows */
export function fromMonolith<Table extends Words<string>>(
  table: Table,
  word: string,
): Table[keyof Table] {
  const found = Object.hasOwn(table, word) ? table[word] : undefined;
  if (found === undefined) throw new Error(`The monolith sent the unknown word ${word}`);
  return found as Table[keyof Table];
}

/** The monolith's word for a word of the graph. */
export function toMonolith<Table extends Words<string>>(
  table: Table,
  word: Table[keyof Table],
): keyof Table & string {
  const found = Object.entries(table).find(([, ours]) => ours === word);
  if (!found) throw new Error(`The monolith has no word for ${word}`);
  return found[0];
}
