import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  type DocumentNode,
  type ErrorLike,
} from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import {
  generatePersistedQueryIdsFromManifest,
  sortTopLevelDefinitions,
} from '@apollo/persisted-query-lists';
import manifest from '../../../schema/operations.manifest.json' with { type: 'json' };
import {
  LoginDocument,
  LogoutDocument,
  RefreshSessionDocument,
} from '../store-front/operations.generated.ts';
import { createCache } from './cache.ts';
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

/** The front ends of this graph: folders of `schema/operations`, clients of `schema/contracts.yaml`. */
export const CLIENTS = ['admin', 'resume', 'store'] as const;

export type ClientName = (typeof CLIENTS)[number];

export interface FrontEndOptions {
  /** The URL of the gateway, without a path. */
  readonly url: string;
  /**
   * Which program this is, for those who watch over the graph: in metrics, the access log, Studio, and recorded traffic, by
   * which the contract of the client is judged.
   */
  readonly name: ClientName;
  /** Which version of it. */
  readonly version?: string;
  /** Sends requests in place of the browser's own `fetch`. */
  readonly fetch?: typeof fetch;
}

/** Starts a front end with nobody logged in. */
export function createFrontEnd(options: FrontEndOptions): FrontEnd {
  const { url, name, version = '1.0.0', fetch } = options;
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
    // Sent as `apollographql-client-name` and `apollographql-client-version`.
    clientAwareness: { name, version },
    link: ApolloLink.from([
      new ErrorLink(({ error, operation }) => void report(operation.operationName, error)),
      renewalLink(session),
      authorizationLink(session),
      persistedQueries(),
      new HttpLink({
        uri: `${url}/graphql`,
        // As the manifest has it, whose ids are hashes of these texts.
        print: (document, print) => print(sortTopLevelDefinitions(document as DocumentNode)),
        ...(fetch ? { fetch } : {}),
      }),
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

/**
 * Sends the id that an operation has in the manifest in place of its text. A gateway with a safelist knows the ids; any
 * other asks once for the text, whose SHA-256 the id is.
 */
function persistedQueries(): ApolloLink {
  return new PersistedQueryLink({
    ...generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest }),
    useGETForHashedQueries: true,
  });
}
