import { ApolloClient, ApolloLink, HttpLink, type ErrorLike } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createCache } from './cache.ts';
import { LoginDocument, LogoutDocument, RefreshSessionDocument } from './operations.generated.ts';
import { sha256 } from './sha256.ts';
import { createSession, type Session } from './session.ts';
import { authorizationLink, renewalLink } from './session-links.ts';

/** What runs in the browser of one person. */
export interface FrontEnd {
  readonly client: ApolloClient;
  readonly session: Session;
  /** What went wrong, as it would be told to those who watch over the front end: `MyOrders: message`. */
  readonly faults: string[];
  /** Logs in and shows all again, as the person sees it. @throws where the password is not right */
  login(email: string, password?: string): Promise<void>;
  /** Ends the session here and at the server, and forgets what was read. */
  logout(): Promise<void>;
}

export interface FrontEndOptions {
  /** The URL of the gateway, without a path. */
  readonly url: string;
  /** Sends requests in place of the browser's own `fetch`. */
  readonly fetch?: typeof fetch;
}

/** Starts a front end with nobody logged in. */
export function createFrontEnd({ url, fetch }: FrontEndOptions): FrontEnd {
  const faults: string[] = [];
  const report = (name: string | undefined, { message }: ErrorLike) =>
    faults.push(`${name}: ${message}`);
  const session = createSession(async (refreshToken) => {
    const { data } = await client.mutate({
      mutation: RefreshSessionDocument,
      variables: { refreshToken },
      context: { anonymous: true },
      fetchPolicy: 'no-cache',
    });
    return data?.refresh?.__typename === 'AuthSession' ? data.refresh : null;
  });
  const client = new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([
      new ErrorLink(({ error, operation }) => void report(operation.operationName, error)),
      renewalLink(session),
      authorizationLink(session),
      new PersistedQueryLink({ sha256: hashOf, useGETForHashedQueries: true }),
      new HttpLink({ uri: `${url}/graphql`, ...(fetch ? { fetch } : {}) }),
    ]),
  });
  return {
    client,
    session,
    faults,
    login: async (email, password = 'demo-password') => {
      const { data } = await client.mutate({
        mutation: LoginDocument,
        variables: { email, password },
        fetchPolicy: 'no-cache',
      });
      if (data?.login?.__typename !== 'AuthSession') throw new Error(data?.login?.message);
      session.begin(data.login);
      await client.resetStore();
    },
    logout: async () => {
      const refreshToken = session.tokens()?.refreshToken;
      if (refreshToken === undefined) return;
      await client.mutate({ mutation: LogoutDocument, variables: { refreshToken } });
      session.end();
      await client.resetStore();
    },
  };
}

const hashOf = (text: string) => sha256(new TextEncoder().encode(text));
