import { wholeNumber, type Environment } from '#platform/config.ts';

/** What a process with a collector is told, beside its database. */
export const collectorSettings = () => ({
  /** Days that usage is kept. */
  USAGE_KEPT_DAYS: wholeNumber(90, 1, 3_650),
});

/** The graph that is meant, where APOLLO_GRAPH_REF names one. */
export function graphRef(environment: Environment = process.env): string | undefined {
  return environment.APOLLO_GRAPH_REF || undefined;
}
