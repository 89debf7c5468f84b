import { Client } from 'pg';
import { relayBatch } from '../../../migration/relay/relay-batch.ts';
import { openAt, placesOver } from './places.ts';
import { twoTables } from './two-tables.ts';

/*
 * A relay that ends itself, as `kill -9` does, with its n-th statement: half of the time when it has just sent it, half
 * of the time when it has been answered.
 */
const [legacyUrl = '', newUrl = '', n = '1'] = process.argv.slice(2);
const places = placesOver(twoTables, openAt(legacyUrl, 2), openAt(newUrl, 2));

let left = Number(n);
const isAfter = left % 2 === 0;
// oxlint-disable-next-line typescript/unbound-method -- it is applied to the client below
const query = Client.prototype.query as (...given: unknown[]) => Promise<unknown>;
const die = () => process.kill(process.pid, 'SIGKILL');
Client.prototype.query = function dying(this: Client, ...given: unknown[]) {
  const answer = query.apply(this, given);
  left -= 1;
  if (left > 0) return answer;
  // The statement leaves the process at the end of this turn of the event loop. Pools pass a callback.
  if (!isAfter || typeof answer?.then !== 'function') setImmediate(die);
  return answer?.finally(die);
} as typeof Client.prototype.query;

for (;;) await relayBatch(places, 'legacy', { limit: 10 });
