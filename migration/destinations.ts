import { getTableConfig } from 'drizzle-orm/pg-core';
import { MOVES, type MoveName } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { aiMove } from './moves/ai.ts';
import { authMove } from './moves/auth.ts';
import { inventoryMove } from './moves/inventory.ts';
import type { MoveMapping } from './moves/mapping.ts';
import { orderMove } from './moves/order.ts';
import { productMove } from './moves/product.ts';
import { uploadMove } from './moves/upload.ts';

/** A move with data, and where its new side is. */
export interface Destination {
  readonly mapping: MoveMapping;
  readonly url: (config: MigrationConfig) => string;
  /** The folder of the migrations, from the root of the repository. */
  readonly migrations: string;
}

const BY_MOVE: Readonly<Record<MoveName, Destination>> = {
  auth: {
    mapping: authMove,
    url: (config) => config.AUTH_DATABASE_URL,
    migrations: 'subgraphs/auth/migrations',
  },
  product: {
    mapping: productMove,
    url: (config) => config.PRODUCT_DATABASE_URL,
    migrations: 'subgraphs/product/migrations',
  },
  inventory: {
    mapping: inventoryMove,
    url: (config) => config.INVENTORY_DATABASE_URL,
    migrations: 'subgraphs/inventory/migrations',
  },
  order: {
    mapping: orderMove,
    url: (config) => config.ORDERS_DATABASE_URL,
    migrations: 'subgraphs/order/migrations',
  },
  upload: {
    mapping: uploadMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
  ai: {
    mapping: aiMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
};

/** All moves, in the order of the monolith's foreign keys: whatever refers to another comes after it. */
export const DESTINATIONS: readonly Destination[] = Object.values(BY_MOVE);

/** Where the data of a move goes. */
export const destinationOf = (move: MoveName): Destination => BY_MOVE[move];

/** The other moves whose tables in the monolith this one's refer to there, by their foreign keys. */
export function refersTo(move: MoveName): MoveName[] {
  const own = legacyTables(move);
  const targets = new Set(
    own.flatMap((table) =>
      getTableConfig(table).foreignKeys.map((key) => key.reference().foreignTable),
    ),
  );
  return names().filter(
    (other) => other !== move && legacyTables(other).some((table) => targets.has(table)),
  );
}

/** The moves whose data must be in step before this one's can be: they are in one database, and it says whose this is. */
export function needsOf(move: MoveName): MoveName[] {
  const { migrations } = BY_MOVE[move];
  return refersTo(move).filter((other) => BY_MOVE[other].migrations === migrations);
}

/** The moves for which a relation holds towards this one. */
export function inverse(relation: (move: MoveName) => MoveName[], move: MoveName): MoveName[] {
  return names().filter((other) => relation(other).includes(move));
}

const names = () => MOVES.map(({ name }) => name);

const legacyTables = (move: MoveName) =>
  BY_MOVE[move].mapping.kinds.flatMap(({ sides }) =>
    sides.legacy.captured.map(({ table }) => table),
  );
