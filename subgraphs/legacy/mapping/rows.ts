import type { components } from '../monolith-api.generated.ts';
import type { PRODUCT_SORTS } from './words.ts';

// The monolith's rows, by the names that the wrapper uses for them.
type Schemas = components['schemas'];

export type UserRow = Schemas['User'];
export type SessionRow = Schemas['Session'];
// The typed client forgets the lengths of tuples: an attribute is a pair of name and value.
export type ProductRow = Omit<Schemas['Product'], 'attrs'> & { attrs: string[][] };
export type CategoryRow = Schemas['Category'];
export type WarehouseRow = Schemas['Warehouse'];
export type StockLevelRow = Schemas['StockLevel'];
export type StockMovementRow = Schemas['StockMovement'];
export type ReservationRow = Schemas['StockReservation'];
export type OrderRow = Schemas['Order'];
export type ResumeRow = Schemas['Resume'];
export type ReviewRow = Schemas['Review'];

/** The orders of the lists of products; also the names of their cursors. */
export type ProductOrder = keyof typeof PRODUCT_SORTS;
