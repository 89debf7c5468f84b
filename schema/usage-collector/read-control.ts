import { ControlError } from '#schema/control/find-control.ts';
import { readFromControl } from '#schema/control/read-from-control.ts';
import { graphRef } from './config.ts';
import type { RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import { recordedGraphs, recordedUsage } from './recorded-usage.ts';

const WITHOUT_TABLES = 'has no tables of usage: the collector has never run on it.';

/**
 * Reads what the collector has recorded, from the database `control`.
 *
 * @param given the graph; else that of APOLLO_GRAPH_REF, else the only one that there is
 * @throws ControlError, ConfigError
 */
export function readControlUsage(given: string | undefined, since: Date): Promise<RecordedTraffic> {
  return readFromControl(WITHOUT_TABLES, async (db) =>
    recordedUsage(db, graphOf(given ?? graphRef(), await recordedGraphs(db)), since),
  );
}

function graphOf(wanted: string | undefined, graphs: readonly string[]): string {
  const [only] = graphs;
  if (only === undefined) {
    throw new ControlError(
      `--usage control: no usage has been recorded yet. Set USAGE_COLLECTOR_URL and USAGE_COLLECTOR_KEY of the gateway.`,
    );
  }
  if (wanted === undefined && graphs.length === 1) return only;
  if (wanted !== undefined && graphs.includes(wanted)) return wanted;
  const what =
    wanted === undefined ? 'several graphs have usage' : `no usage is recorded of ${wanted}`;
  throw new ControlError(`--usage control: ${what}: name one with --graph (${graphs.join(', ')}).`);
}
