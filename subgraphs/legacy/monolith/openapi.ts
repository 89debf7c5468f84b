import { writeFile } from 'node:fs/promises';
import { memoryCache } from '#platform/cache/memory.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { createHttpServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { openDomains } from './domains.ts';
import { addApi } from './api.ts';
import { monolithConfig } from './config.ts';

// Writes `openapi.json`, from which the wrapper's client is generated. Nothing is connected to and nothing
// listens: routes are only described, so settings stand here that no process could run with.
const UNUSED_SECRET = 'unused'.repeat(6);

const config = monolithConfig({
  DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
  SECRET_KEY: UNUSED_SECRET,
  IDENTITY_SECRET: UNUSED_SECRET,
  UPLOAD_SECRET: UNUSED_SECRET,
  AUTH_PUBLIC_JWKS:
    '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
});
const log = createLog('openapi', 'warn');
const database = openDatabase({
  url: config.DATABASE_URL,
  poolSize: 1,
  applicationName: 'openapi',
  log,
});
const server = createHttpServer({ log, metrics: createMetrics('openapi'), readiness: [] });
const app = await addApi(server, {
  database,
  db: database.db,
  ownership: ownershipHere(database.db, 'legacy'),
  cache: memoryCache(),
  settle: async () => {},
  domains: openDomains(config),
  config,
  log,
  clock: () => new Date(),
});
await app.ready();
const file = new URL('openapi.json', import.meta.url);
await writeFile(file, `${JSON.stringify(app.swagger(), null, 2)}\n`);
await app.close();
await database.close();
