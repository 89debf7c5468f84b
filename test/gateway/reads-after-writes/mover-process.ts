import { fastify } from 'fastify';
import type { MigrationConfig } from '../../../migration/config.ts';
import type { OpenMoves } from '../../../migration/open-moves.ts';
import { releasePins } from '../../../migration/pins/release.ts';
import { settle } from '../../../migration/pins/settle.ts';
import { startRelay } from '../../../migration/relay/start-relay.ts';
import type { Relays } from '../../../migration/relays.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { log, openAt, placesOver } from '../../migration/relay/places.ts';
import { twoTables } from '../../migration/relay/two-tables.ts';

/*
 * The process `migration` with a move of two tables: relay, settling and the release of pins are the real ones.
 */
const [port = '0', legacyUrl = '', newUrl = '', controlUrl = ''] = process.argv.slice(2);
const control = openAt(controlUrl, 4);
const places = { ...placesOver(twoTables, openAt(legacyUrl), openAt(newUrl)), control };
const relay = startRelay(places, { log });
const moves = {
  config: {} as MigrationConfig,
  control,
  placesOf: () => places,
} as unknown as OpenMoves;
const relays = { running: () => [['order', relay]] } as unknown as Relays;
repeatJob(log, 'a release of pins', 100, () => releasePins(moves, relays));
// As the process does that keeps the others going.
setInterval(() => {}, 1_000);

const server = fastify();
server.post('/settle', async ({ body }) => {
  type Asked = { moves: MoveName[]; within: number; since?: number };
  const { moves: names, within, since } = body as Asked;
  const unsettled = await settle(moves, relays, names, within, since);
  return { settled: unsettled.length === 0, unsettled };
});
await server.listen({ host: '127.0.0.1', port: Number(port) });
console.log('listening');
