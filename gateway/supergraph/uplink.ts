import type { SupergraphManager } from '@apollo/gateway';
import type { Logger } from '#platform/log.ts';
import { oneLine, SupergraphError } from './supergraph.ts';

/** What Uplink is asked for, and where. */
export interface UplinkSettings {
  readonly apiKey: string;
  readonly graphRef: string;
  /** Asked in turn; empty: those of Apollo. */
  readonly endpoints: readonly string[];
}

/**
 * Takes the supergraph from Apollo Uplink, and each one that is launched later, as often as Uplink says.
 *
 * @param failed is told when Uplink cannot be asked, or says no; it is asked again
 */
export function uplink(
  { apiKey, graphRef, endpoints }: UplinkSettings,
  log: Logger,
  failed: (error: Error) => void,
): SupergraphManager {
  return {
    initialize: async (options) => {
      // The package is large, and loads the planner: only who uses Uplink shall pay for it.
      const { UplinkSupergraphManager } = await import('@apollo/gateway');
      const manager = new UplinkSupergraphManager({
        apiKey,
        graphRef,
        logger: log,
        ...(endpoints.length > 0 ? { uplinkEndpoints: [...endpoints] } : {}),
        onFailureToFetchSupergraphSdlAfterInit: async ({ error }) => {
          failed(noSupergraph(error));
          return null;
        },
      });
      try {
        return await manager.initialize(options);
      } catch (error) {
        throw noSupergraph(error);
      }
    },
  };
}

function noSupergraph(error: unknown): SupergraphError {
  const reason = error instanceof Error ? error.message : String(error);
  return new SupergraphError(
    `it could not be fetched: ${oneLine(reason)} Check APOLLO_KEY and APOLLO_GRAPH_REF, and the way to Uplink.`,
    error,
  );
}
