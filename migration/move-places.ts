import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import type { MoveMapping } from './moves/mapping.ts';

/** Where the data of a move is, and how its sides mean the same. */
export interface MovePlaces extends Readonly<Record<Side, Database>> {
  readonly mapping: MoveMapping;
  readonly control: Database;
  readonly config: MigrationConfig;
}
