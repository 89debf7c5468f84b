import type { ApolloServer } from '@apollo/server';
import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import type { GatewayContext } from './execute-operation.ts';
import type { Caller } from './identity/caller.ts';
import type { SupergraphGateway } from './supergraph-gateway.ts';
import type { SupergraphStatus } from './supergraph/supergraph-updates.ts';

/** A graph, and the server in front of it. */
export interface ServedGraph {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly gateway: Pick<SupergraphGateway, 'labels' | 'status' | 'warm'>;
}

/** The graphs that a gateway serves. */
export interface ServedGraphs {
  /** @throws SupergraphError where one of them cannot be used */
  start(): Promise<void>;
  /** Who answers a caller. */
  readonly answering: (caller: Pick<Caller, 'role'>) => ApolloServer<GatewayContext>;
  labels(): ReadonlySet<string>;
  /** The supergraph of clients, and what is wrong with the latest of either. */
  status(): SupergraphStatus;
  /** Makes the plans that will be asked for. @param within milliseconds after which it resolves in any case */
  warm(moves: MoveSnapshot, within: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves a graph to clients, and another one to services of ours: what is for them only must be no part of what clients
 * are shown, and a safelist of clients' operations does not list theirs. Each has documents and plans of its own, so that
 * nobody is answered what was read for somebody else.
 *
 * @param services null: they are served what clients are
 */
export function servedGraphs(clients: ServedGraph, services: ServedGraph | null): ServedGraphs {
  const all = services === null ? [clients] : [clients, services];
  return {
    async start() {
      for (const { apollo } of all) await apollo.start();
    },
    answering: ({ role }) => (role === 'service' && services ? services : clients).apollo,
    labels: () => new Set(all.flatMap(({ gateway }) => [...(gateway.labels() ?? [])])),
    status() {
      const status = clients.gateway.status();
      return {
        ...status,
        lastError: status.lastError ?? services?.gateway.status().lastError ?? null,
      };
    },
    async warm(moves, within) {
      await Promise.all(all.map(({ gateway }) => gateway.warm(moves, within)));
    },
    async stop() {
      for (const { apollo } of all) await apollo.stop();
    },
  };
}
