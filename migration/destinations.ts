import type { MoveName } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { aiMove } from './moves/ai.ts';
import { authMove } from './moves/auth.ts';
import { inventoryMove } from './moves/inventory.ts';
import type { Move } from './moves/move.ts';
import { orderMove } from './moves/order.ts';
import { productMove } from './moves/product.ts';
import { uploadMove } from './moves/upload.ts';

/** A move with data to copy, and where its new side is. */
export interface Destination {
  readonly move: Move;
  readonly url: (config: MigrationConfig) => string;
  /** The folder of the migrations, from the root of the repository. */
  readonly migrations: string;
}

/** In the order of the monolith's foreign keys: whatever refers to another comes after it. */
const BY_MOVE: Readonly<Record<MoveName, Destination>> = {
  auth: {
    move: authMove,
    url: (config) => config.AUTH_DATABASE_URL,
    migrations: 'subgraphs/auth/migrations',
  },
  product: {
    move: productMove,
    url: (config) => config.PRODUCT_DATABASE_URL,
    migrations: 'subgraphs/product/migrations',
  },
  inventory: {
    move: inventoryMove,
    url: (config) => config.INVENTORY_DATABASE_URL,
    migrations: 'subgraphs/inventory/migrations',
  },
  order: {
    move: orderMove,
    url: (config) => config.ORDERS_DATABASE_URL,
    migrations: 'subgraphs/order/migrations',
  },
  upload: {
    move: uploadMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
  ai: {
    move: aiMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
};

/** All moves, in the order in which they are copied. */
export const DESTINATIONS: readonly Destination[] = Object.values(BY_MOVE);
