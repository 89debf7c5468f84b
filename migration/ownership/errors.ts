import type { MoveName } from '#platform/moves/moves.ts';
import type { BucketOwner } from './owners.ts';

/** Writers, or a relay, held buckets all the time. Nothing has changed: try again. */
export class OwnershipBusy extends Error {
  readonly code = 'OWNERSHIP_BUSY';
  readonly move: MoveName;

  /** @param waited milliseconds */
  constructor(move: MoveName, waited: number, cause: unknown) {
    super(
      `${move}: other transactions held the buckets for ${waited} ms. Nothing has changed, so this may be tried again. ` +
        'If it stays so, look for a transaction that is left open: select pid, application_name, xact_start from pg_stat_activity order by xact_start',
      { cause },
    );
    this.name = 'OwnershipBusy';
    this.move = move;
  }
}

/** A bucket is not owned as a change of ownership takes for granted: somebody else has changed it. Nothing was done. */
export class OwnershipElsewhere extends Error {
  readonly code = 'OWNERSHIP_ELSEWHERE';
  readonly move: MoveName;
  readonly found: BucketOwner;

  /** @param expected who should own it */
  constructor(move: MoveName, found: BucketOwner, expected: BucketOwner['owner']) {
    super(
      `${move}: bucket ${found.bucket} is recorded as ${found.owner} (epoch ${found.epoch}) where ${expected} was expected. ` +
        'Nothing was changed: read the owners again and begin anew',
    );
    this.name = 'OwnershipElsewhere';
    this.move = move;
    this.found = found;
  }
}
