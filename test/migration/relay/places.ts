import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import type { MigrationConfig } from '../../../migration/config.ts';
import type { MovePlaces } from '../../../migration/move-places.ts';
import type { MoveMapping } from '../../../migration/moves/mapping.ts';

export const log = createLog('tests', 'fatal');

export function openAt(url: string, poolSize = 10): Database {
  return openDatabase({ url, poolSize, applicationName: 'tests', log });
}

/** The places of a mapping over two databases. What a relay does not use is not there. */
export function placesOver(mapping: MoveMapping, legacy: Database, fresh: Database): MovePlaces {
  return { mapping, legacy, new: fresh, control: legacy, config: {} as MigrationConfig };
}
