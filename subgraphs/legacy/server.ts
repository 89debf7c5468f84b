import { fileURLToPath } from 'node:url';
import type { RunningServer } from '#platform/http-server.ts';
import { identityKey } from '#platform/identity/signed-identity.ts';
import { moveNamed } from '#platform/moves/moves.ts';
import { noteNotFoundHere } from '#platform/subgraph-server/not-found-here.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import type { LegacyConfig } from './config.ts';
import { createContext, type Context } from './context.ts';
import { monolithFor } from './monolith-client/client.ts';
import { monolithLives } from './monolith-client/readiness.ts';
import { poolTransport } from './monolith-client/transport.ts';
import { resolvers } from './resolvers.ts';

/** Starts the legacy subgraph: the whole graph, answered from the monolith. */
export async function startLegacy(config: LegacyConfig): Promise<RunningServer> {
  const tools = subgraphTools('legacy', config);
  const timeoutMs = config.MONOLITH_TIMEOUT_MS;
  const transport = poolTransport(config.MONOLITH_URL, {
    timeoutMs,
    connections: config.MONOLITH_CONNECTIONS,
  });
  const settings = {
    url: config.MONOLITH_URL,
    timeoutMs,
    identityKey: identityKey(config.IDENTITY_SECRET),
  };
  return serveSubgraph<Context>(
    {
      name: 'legacy',
      schemaFile: fileURLToPath(new URL('schema.graphql', import.meta.url)),
      resolvers,
      context: ({ identity }) => {
        const notFound = (name: string) => {
          const move = moveNamed(name)?.name;
          if (move) noteNotFoundHere(context, move);
        };
        const monolith = monolithFor(identity, settings, transport, notFound);
        const context = createContext(identity, monolith);
        return context;
      },
      readiness: [{ name: 'monolith', check: () => monolithLives(config.MONOLITH_URL, transport) }],
      close: () => transport.close(),
    },
    config,
    tools,
  );
}
