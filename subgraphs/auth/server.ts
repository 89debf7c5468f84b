import { join } from 'node:path';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import { accessTokenIssuer } from './access-tokens.ts';
import type { AuthConfig } from './config.ts';
import { createContext } from './context.ts';
import { bcryptPasswords } from './passwords.ts';
import { resolvers } from './resolvers.ts';
import type { Auth } from './service.ts';

/** Brings the database up to date and serves the auth subgraph. */
export async function startAuth(config: AuthConfig): Promise<RunningServer> {
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const tools = subgraphTools('auth', config);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'auth',
    ...tools,
  });
  const auth: Auth = {
    db: database.db,
    passwords: await bcryptPasswords(config.BCRYPT_COST),
    accessTokens: await accessTokenIssuer(config.AUTH_PRIVATE_JWK, config.ACCESS_TOKEN_MINUTES),
    refreshTokenDays: config.REFRESH_TOKEN_DAYS,
  };
  return serveSubgraph(
    {
      name: 'auth',
      schemaFile: join(import.meta.dirname, 'schema.graphql'),
      resolvers,
      context: ({ identity }) => createContext(identity, auth),
      readiness: [{ name: 'database', check: () => database.ping() }],
      close: () => database.close(),
    },
    config,
    tools,
  );
}
