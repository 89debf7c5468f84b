import type { FastifyInstance } from 'fastify';
import type { Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { joinTraffic, type RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import { addUsageCollector, migrateUsage, type UsageReporter } from './collector.ts';
import { recordedGraphs, recordedUsage } from './recorded-usage.ts';

/** What the process that serves the collector lends to it. */
export interface UsageHost {
  /** The database `control`. */
  readonly database: Database;
  /** Its URL, for migrations. */
  readonly databaseUrl: string;
  /** The graph whose traffic its checks look at, without a variant. */
  readonly graph: string;
  readonly log: Logger;
  /** The graph of a key. @throws an error with the code `AUTHENTICATION_FAILED` where it is no key */
  readonly authenticate: (key: string) => Promise<{ readonly graph: string }>;
}

/**
 * The collector as a part of the registry: it takes reports with the registry's keys, whatever else these may do, each of
 * the variants of its graph; and tells checks what was sent to any variant of the graph.
 *
 * @param keptDays days that usage is kept
 */
export function usagePart(keptDays: number) {
  return ({ database, databaseUrl, graph, log, authenticate }: UsageHost) => ({
    begin: () => migrateUsage(databaseUrl),
    routes: (server: FastifyInstance) =>
      addUsageCollector(server, {
        database,
        keptDays,
        log,
        reporterOf: (key) => reporterOf(authenticate, key),
      }),
    async recordedUsage(since: Date): Promise<RecordedTraffic> {
      const graphs = (await recordedGraphs(database.db)).filter((ref) => isOf(graph, ref));
      const recorded = await Promise.all(
        graphs.map((graphRef) => recordedUsage(database.db, graphRef, since)),
      );
      return joinTraffic(recorded);
    },
  });
}

async function reporterOf(
  authenticate: UsageHost['authenticate'],
  key: string,
): Promise<UsageReporter | null> {
  try {
    const { graph } = await authenticate(key);
    return { graphRef: `${graph}@current`, mayReport: (graphRef) => isOf(graph, graphRef) };
  } catch (error) {
    if ((error as { code?: string }).code === 'AUTHENTICATION_FAILED') return null;
    throw error;
  }
}

/** @param graphRef `shop` is `shop@current`, as everywhere at Apollo */
function isOf(graph: string, graphRef: string): boolean {
  return graphRef === graph || graphRef.startsWith(`${graph}@`);
}
