import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '#platform/log.ts';
import { migrationConfig } from '../../../migration/config.ts';
import { openMoves } from '../../../migration/open-moves.ts';
import { startRelay } from '../../../migration/relay/start-relay.ts';
import { given } from './config.ts';
import type { Telling } from './effects.ts';
import { ROOM } from './order-steps.ts';
import { ORDER_TABLES } from './order-tables.ts';
import { TORTURED } from './tortured.ts';

/*
 * A relay of each move that is tortured, until it is killed. A neighbour in the same process writes through the same
 * pools, so that it is given connections that the relay has used.
 */
const moves = openMoves(migrationConfig(), createLog('torture relay', 'silent'));
for (const move of TORTURED)
  startRelay(moves.placesOf(move), { log: createLog('torture relay', 'silent') });

/** Whether the neighbour is to write: not while everything is compared. */
let mayWrite = given('TORTURE_MAY_WRITE') === 'yes';
process.on('message', (word) => (mayWrite = word === 'write'));
const letter = given('TORTURE_LETTER');
const tell = (telling: Telling) => process.send?.([telling]);
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
// It has been loaded, which takes the longest; the next one has less to do.
flushCompileCache();
process.send?.([]);
const { legacy, new: fresh } = moves.placesOf('order');
for (let n = 0; ; n += 1) {
  await sleep(20);
  if (!mayWrite) continue;
  const side = Math.random() < 0.5 ? 'legacy' : 'new';
  const t = ORDER_TABLES[side];
  const token = `${letter}${n.toString(36)}.`;
  const { pool } = side === 'legacy' ? legacy : fresh;
  try {
    const { rows } = await pool.query<{ id: string }>(
      `update ${t.order} set ${t.text2} = coalesce(${t.text2}, '') || $1::text
       where ${t.id} = (select ${t.id} from ${t.order} order by random() limit 1)
         and coalesce(length(${t.text2}), 0) < ${ROOM} returning ${t.id} as id`,
      [token],
    );
    for (const { id } of rows) {
      tell({
        tell: 'acknowledged',
        effects: [{ is: 'token', of: 'order', holder: id, token }],
      });
    }
  } catch (error) {
    tell(
      (error as { code?: string }).code === 'MF001'
        ? { tell: 'refused', side }
        : { tell: 'aborted' },
    );
  }
}
