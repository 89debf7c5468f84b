import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import { IDENTITY_HEADER } from '#platform/identity/signed-identity.ts';
import { balancedAddresses, type AddressOptions } from './addresses.ts';
import { faultLog, type FaultLogger } from './fault-log.ts';
import { readResponse, type HttpAnswer } from './read-response.ts';
import { retryBudget } from './retry-budget.ts';
import { shareFetches, type ShareFetch } from './shared-fetches.ts';
import { httpError, SubgraphFault } from './subgraph-fault.ts';
import type { FetchCall, SendFetch, SubgraphResponse } from './subgraph-fetch.ts';
import { subgraphSender, type SubgraphSender } from './subgraph-sender.ts';

/** What is counted. */
export interface TransportMetrics {
  /** A request ended: with `ok`, `errors`, or the code of a fault, after some seconds. */
  ended(subgraph: string, outcome: string, seconds: number): void;
  retried(subgraph: string): void;
  shared(subgraph: string): void;
}

/** How the gateway sends to subgraphs. */
export interface TransportOptions {
  /** Milliseconds that a subgraph may take to answer, all attempts together. */
  readonly timeout: number;
  /** Milliseconds to a connection. */
  readonly connectTimeout: number;
  /** Whether identical fetches are shared. */
  readonly share: boolean;
  readonly resolve?: AddressOptions['resolve'];
  readonly metrics: TransportMetrics;
  readonly log: FaultLogger;
}

/** The connections to all subgraphs. They outlive a supergraph, so that a reload drops none. */
export interface SubgraphTransport {
  /** Sends the fetches of one incoming request to subgraphs at these addresses. */
  forCall(urls: ReadonlyMap<string, URL>, call: FetchCall): SendFetch;
  /** Each subgraph that has been asked: requests under way and addresses. */
  status(): readonly SubgraphStatus[];
  /** Closes all connections after the requests in flight. */
  close(): Promise<void>;
}

/** How a subgraph fares. */
export interface SubgraphStatus {
  readonly subgraph: string;
  readonly url: string;
  readonly inFlight: number;
  readonly knownAddresses: number;
  /** Those that are not left out because they failed. */
  readonly openAddresses: number;
}

/** The most connections to one address; further requests wait for a free one … */
const CONNECTIONS = 128;
/** … up to so many, waiting and under way together: what comes on top is refused at once, before memory grows. */
const MAX_IN_FLIGHT = 1_024;

/** Opens connections as they are needed, and keeps them: one pool per address. */
export function subgraphTransport(options: TransportOptions): SubgraphTransport {
  const { timeout, connectTimeout, metrics } = options;
  const senders = new Map<
    string,
    { readonly sender: SubgraphSender; readonly share: ShareFetch }
  >();
  const log = faultLog(options.log);

  const open = (name: string, url: URL) => {
    const sender = subgraphSender({
      name,
      url,
      addresses: balancedAddresses({
        url,
        connectTimeout,
        connections: CONNECTIONS,
        resolve: options.resolve,
      }),
      budget: retryBudget(),
      timeout,
      maxInFlight: MAX_IN_FLIGHT,
      retried: () => metrics.retried(name),
    });
    const share = options.share
      ? shareFetches(
          (...fetch) => sender.send(...fetch),
          (subgraph) => metrics.shared(subgraph),
        )
      : (...[fetch, call, trace]: Parameters<ShareFetch>) =>
          sender.send(fetch, call.headers, call.signal, trace);
    return { sender, share };
  };

  const shareFor = (name: string, urls: ReadonlyMap<string, URL>): ShareFetch => {
    const url = urls.get(name);
    if (!url) throw new Error(`The plan names the subgraph "${name}", which has no address.`);
    const key = `${name} ${url.href}`;
    let opened = senders.get(key);
    if (!opened) senders.set(key, (opened = open(name, url)));
    return opened.share;
  };

  return {
    forCall: (urls, call) => async (fetch) => {
      const name = fetch.subgraph;
      const began = performance.now();
      const trace = call.observer && call.observer.fetchBegan(fetch);
      let outcome = 'cancelled';
      let fault: SubgraphFault | null = null;
      try {
        const answer = await shareFor(name, urls)(fetch, call, trace);
        const response = read(name, answer, call);
        trace?.answered?.(response.extensions);
        outcome = response.errors?.length ? 'errors' : 'ok';
        return response;
      } catch (error) {
        if (error instanceof SubgraphFault) {
          fault = error;
          outcome = error.extensions.code;
          log(error, call.headers[REQUEST_ID_HEADER]);
        }
        throw error;
      } finally {
        metrics.ended(name, outcome, (performance.now() - began) / 1_000);
        trace?.ended(outcome, fault);
      }
    },
    status: () =>
      [...senders].map(([key, { sender }]) => {
        const { known, open: answering } = sender.addresses.counts();
        const [subgraph = '', url = ''] = key.split(' ');
        const { inFlight } = sender;
        return { subgraph, url, inFlight, knownAddresses: known, openAddresses: answering };
      }),
    close: async () => {
      await Promise.all([...senders.values()].map(({ sender }) => sender.addresses.close()));
    },
  };
}

function read(name: string, answer: HttpAnswer, call: FetchCall): SubgraphResponse {
  // With our signature a 401 says that the secrets differ: nothing that a client could mend by logging in.
  if (answer.status === 401 && IDENTITY_HEADER in call.headers) throw httpError(name, 401);
  return readResponse(name, answer);
}
