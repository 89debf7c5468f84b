import type { RunningServer } from '#platform/http-server.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import { accessTokenIssuer } from './access-tokens.ts';
import type { AuthConfig } from './config.ts';
import { createContext } from './context.ts';
import { bcryptPasswords } from './passwords.ts';
import { resolvers } from './resolvers.ts';
import type { Auth } from './service.ts';

/** Brings the database up to date and serves the auth subgraph. */
export function startAuth(config: AuthConfig): Promise<RunningServer> {
  return startDomainSubgraph(
    'auth',
    import.meta.dirname,
    config,
    async ({ database, ownership }) => {
      const auth: Auth = {
        db: database.db,
        passwords: await bcryptPasswords(config.BCRYPT_COST),
        accessTokens: await accessTokenIssuer(config.AUTH_PRIVATE_JWK, config.ACCESS_TOKEN_MINUTES),
        refreshTokenDays: config.REFRESH_TOKEN_DAYS,
      };
      return { resolvers, context: ({ identity }) => createContext(identity, auth, ownership) };
    },
  );
}
