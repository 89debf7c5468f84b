// Fills the databases of the domains from the monolith's, as `npm start` does, then takes capture away again: tests of
// a domain, and those that compare the sides, write on either side as they like.
import { createLog } from '#platform/log.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { migrationConfig } from '../../migration/config.ts';
import { handover } from '../../migration/handover.ts';
import { openMoves } from '../../migration/open-moves.ts';
import { workOn } from '../../migration/stages/move-work.ts';
import { rollback } from '../../migration/stages/rollback.ts';

const config = migrationConfig();
await handover(config, console.log);
const moves = openMoves(config, createLog('tests', 'warn'));
const signature = { by: 'tests', reason: 'no side is to refuse what a test writes' };
// Who needs another one goes before it.
for (const { name } of MOVES.toReversed()) {
  await workOn(moves, name, { signature }, (work) => rollback(work, 'legacy'));
}
await moves.close();
