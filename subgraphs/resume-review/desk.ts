import type { Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import type { Reviewer } from './agents/reviewer.ts';
import type { FileStorage } from './storage/storage.ts';

/** What the use cases of this service stand on. */
export interface Desk {
  readonly db: Database['db'];
  readonly ownership: OwnershipHere;
  readonly storage: FileStorage;
  readonly reviewer: Reviewer;
  /** Signs the URLs of uploads. */
  readonly uploadSecret: string;
  readonly log: Logger;
}
