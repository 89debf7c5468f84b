import { stripVTControlCharacters } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { reportText } from '#schema/report/text.ts';
import { joinTraffic } from '#schema/usage/recorded-traffic.ts';
import { readCheck } from './checks/checks.ts';
import { createChecks, type Checks } from './checks/run-check.ts';
import type { RegistryConfig } from './config.ts';
import type { RegistryExtension } from './extension.ts';
import { extensionsOf } from './extensions.ts';
import { printGraphRef } from './graph-ref.ts';
import { createJudge } from './judging/judge.ts';
import { callerOf, type Caller } from './keys/keys.ts';
import { ANYBODYS_BYTES, addGraphql } from './protocol/graphql-route.ts';
import { platformRoot, type PlatformContext } from './protocol/platform-root.ts';
import { uplinkRoot, type UplinkContext } from './protocol/uplink-root.ts';
import { MIGRATION_NOTES, MIGRATIONS } from './migrations.ts';
import type { Registry } from './registry.ts';
import { seed } from './versions/seed.ts';

const NAME = 'registry';
/** Bytes of a request of Rover's: a subgraph, with some room. */
const BODY_LIMIT = 20 * 1024 * 1024;

/**
 * Serves the registry: to Rover at `/graphql`, to gateways at `/uplink`, reports of checks at `/checks/<id>`. Any number
 * may run on one database.
 *
 * @param extensions what else this process serves, in the order in which their routes are added
 */
export async function startRegistry(
  config: RegistryConfig,
  extensions: readonly RegistryExtension[] = extensionsOf(config),
): Promise<RunningServer> {
  await migrateDatabase(config.CONTROL_DATABASE_URL, MIGRATIONS, MIGRATION_NOTES);
  const log = createLog(NAME, config.LOG_LEVEL);
  const metrics = createMetrics(NAME, config.PORT !== 0);
  const database = openDatabase({
    url: config.CONTROL_DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: NAME,
    log,
    metrics,
  });
  const { graph } = config.graph;
  const authenticate = (key: string | undefined) =>
    callerOf(database.db, key, { key: config.REGISTRY_LOCAL_KEY, graph });
  const host = { database, databaseUrl: config.CONTROL_DATABASE_URL, graph, log, metrics };
  const parts = extensions.map((open) => open({ ...host, authenticate }));
  let listening = '';
  const registry: Registry = {
    db: database.db,
    log,
    graph,
    judge: createJudge({
      contractsFile: config.REGISTRY_CONTRACTS,
      policyFile: config.REGISTRY_POLICY,
      recordedUsage: async (since) => {
        const recorded = await Promise.all(
          parts.flatMap((part) => part.recordedUsage?.(since) ?? []),
        );
        return joinTraffic(recorded);
      },
    }),
    url: () => config.REGISTRY_URL?.replace(/\/$/, '') ?? listening,
    delaySeconds: config.UPLINK_DELAY_SECONDS,
  };
  const checks = createChecks(registry);
  for (const part of parts) await part.begin?.();
  const seeded = await seed(registry, config.graph, config.REGISTRY_SUBGRAPHS);
  if (seeded !== null) log.info(seeded);
  const server = createHttpServer({
    log,
    metrics,
    readiness: [{ name: 'control', check: () => database.ping() }],
    details: () => ({ graph: printGraphRef(config.graph) }),
  });
  addProtocols(server, registry, checks, authenticate);
  addReports(server, registry);
  for (const part of parts) await part.routes?.(server);
  const running = await listen(server, config, async () => {
    await checks.close();
    for (const part of parts) await part.close?.();
    await database.close();
  });
  listening = running.url;
  return running;
}

type Authenticate = (key: string | undefined) => Promise<Caller>;

function addProtocols(
  server: FastifyInstance,
  registry: Registry,
  checks: Checks,
  authenticate: Authenticate,
): void {
  const callerIn = ({ headers }: FastifyRequest): Promise<Caller> => {
    const key = headers['x-api-key'];
    return authenticate(typeof key === 'string' ? key : undefined);
  };
  addGraphql(server, {
    path: '/graphql',
    schema: new URL('./protocol/platform.graphql', import.meta.url),
    root: platformRoot,
    bodyLimit: BODY_LIMIT,
    maySendMore: callerIn,
    context: (request): PlatformContext => {
      let caller: Promise<Caller> | undefined;
      return { registry, checks, caller: () => (caller ??= callerIn(request)) };
    },
  });
  addGraphql(server, {
    path: '/uplink',
    schema: new URL('./protocol/uplink.graphql', import.meta.url),
    root: uplinkRoot,
    // The key is a variable of the request: it is read before anybody asks for it.
    bodyLimit: ANYBODYS_BYTES,
    context: (): UplinkContext => ({ registry, callerOf: authenticate }),
  });
}

function addReports(server: FastifyInstance, { db }: Registry): void {
  server.get<{ Params: { id: string } }>('/checks/:id', async ({ params }, reply) => {
    const check = await readCheck(db, params.id);
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store');
    if (!check) return reply.status(404).send('There is no such check, or it was long ago.\n');
    const { subgraph, ref, by, createdAt, begunAt, outcome } = check;
    const head = `${subgraph} in ${printGraphRef(ref)}, by ${by}, ${createdAt.toISOString()}`;
    if (outcome === null) {
      return `${head}\n\n${begunAt ? 'It is being checked.' : 'It waits for its turn to be checked.'}\n`;
    }
    const text = outcome.kind === 'judged' ? reportText(outcome.report) : outcome.problem;
    return `${head}\n\n${stripVTControlCharacters(text)}\n`;
  });
}
