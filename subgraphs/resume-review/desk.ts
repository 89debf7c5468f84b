import type { Database } from '#platform/database/pool.ts';
import type { UploadLimits } from '#platform/documents/upload-limits.ts';
import type { Logger } from '#platform/log.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import type { Chief } from './agents/chief.ts';
import type { ReviewQueue } from './jobs/review-queue.ts';
import type { UnderWay } from './jobs/under-way.ts';

/** What the use cases of this service stand on. */
export interface Desk {
  readonly db: Database['db'];
  readonly ownership: OwnershipHere;
  /** Received files by the ids of their uploads, kept ones by their SHA-256. */
  readonly storage: FileStorage;
  readonly limits: UploadLimits;
  readonly chief: Chief;
  readonly queue: Pick<ReviewQueue, 'add' | 'addAgain' | 'wake' | 'cancel'>;
  readonly underWay: UnderWay;
  /** Signs the URLs of uploads, and those by which reviews are followed. */
  readonly uploadSecret: string;
  readonly log: Logger;
}
