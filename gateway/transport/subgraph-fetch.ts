import type { SubgraphFault } from './subgraph-fault.ts';

/** An operation for a subgraph, as execution gives it to be sent. */
export interface SubgraphFetch {
  readonly subgraph: string;
  /** The whole JSON text of the request. */
  readonly body: string;
  /** Only a query may be sent again, and only a query may be shared. */
  readonly kind: 'query' | 'mutation';
  /** Whether every field of it is marked public: it may then join an equal fetch that was sent before. */
  readonly isPublic: boolean;
  /** How many entities it asks for; 0 where it asks for root fields. */
  readonly representations: number;
}

/** A GraphQL response as a subgraph sent it. */
export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphResponseError[];
  readonly extensions?: Record<string, unknown>;
}

/** An error as a subgraph reported it. */
export interface SubgraphResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Record<string, unknown>;
}

/**
 * Sends one fetch of a request. The response belongs to the caller alone, who may change it.
 *
 * @throws SubgraphFault where the subgraph gives no GraphQL response
 */
export type SendFetch = (fetch: SubgraphFetch) => Promise<SubgraphResponse>;

/** What the fetches of one incoming request have in common. */
export interface FetchCall {
  /** Tell the subgraph who calls. */
  readonly headers: Readonly<Record<string, string>>;
  /** Equal for callers who get equal answers; null: shared with nobody. */
  readonly sharingKey: string | null;
  /** Ends the fetches that are under way when the client is gone. */
  readonly signal: AbortSignal;
  /** Told of each fetch; null: nobody wants to know. */
  readonly observer: FetchObserver | null;
}

/** Looks on at the fetches of one incoming request. */
export interface FetchObserver {
  /** A fetch begins. @returns what follows it to its end; null where nothing does */
  fetchBegan(fetch: SubgraphFetch): FetchTrace | null;
}

/** Follows one fetch. */
export interface FetchTrace {
  /** Tell the subgraph which trace its request belongs to. */
  readonly headers: Readonly<Record<string, string>>;
  /** It is sent again. */
  retried(): void;
  /** It is answered by an equal fetch that was under way. */
  shared(): void;
  /** A GraphQL response has come. */
  answered?(extensions: SubgraphResponse['extensions']): void;
  /** @param outcome `ok`, `errors`, `cancelled`, or the code of the fault */
  ended(outcome: string, fault: SubgraphFault | null): void;
}
