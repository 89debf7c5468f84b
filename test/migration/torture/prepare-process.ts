import { createLog } from '#platform/log.ts';
import { migrationConfig } from '../../../migration/config.ts';
import { openMoves } from '../../../migration/open-moves.ts';
import { advance } from '../../../migration/stages/advance.ts';
import { backfillNow } from '../../../migration/stages/backfill-now.ts';
import { workOn } from '../../../migration/stages/move-work.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { drain } from '../../../migration/relay/drain.ts';
import { TORTURED } from './tortured.ts';

/*
 * Brings the moves that are tortured to where buckets may be flipped: captured, filled and verified, as the commands do.
 */
const moves = openMoves(migrationConfig(), createLog('torture', 'warn'));
const signature = { by: 'the torture', reason: null };
for (const move of TORTURED) {
  const places = moves.placesOf(move);
  await workOn(moves, move, { signature }, (work) => advance(work));
  await backfillNow(places, 'legacy', { signature });
  await drain(places, 'legacy', { deadline: Date.now() + 30_000 });
  await workOn(moves, move, { signature }, (work) => advance(work));
  await verifyNow(places, { signature });
  await workOn(moves, move, { signature }, (work) => advance(work, 100));
  await moves.control.pool.query(`update move_state set stage = 'cutover' where move = $1`, [move]);
}
await moves.close();
