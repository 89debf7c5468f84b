import { setTimeout as wait } from 'node:timers/promises';
import type { Address, Addresses } from './addresses.ts';
import { exchange, ExchangeEnded } from './exchange.ts';
import type { HttpAnswer } from './read-response.ts';
import type { RetryBudget } from './retry-budget.ts';
import { httpError, invalidResponse, overloaded, timedOut, unavailable } from './subgraph-fault.ts';
import type { FetchCall, FetchTrace, SubgraphFetch } from './subgraph-fetch.ts';

/** Sends to one subgraph, over whichever of its addresses answer. */
export interface SubgraphSender {
  /** @throws SubgraphFault where no address gave an answer; `signal.reason` where the client went away */
  send(
    fetch: SubgraphFetch,
    headers: FetchCall['headers'],
    signal: AbortSignal,
    trace: FetchTrace | null,
  ): Promise<HttpAnswer>;
  /** Requests under way, those that wait for a connection included. */
  readonly inFlight: number;
  readonly addresses: Addresses;
}

export interface SubgraphSenderOptions {
  readonly name: string;
  readonly url: URL;
  readonly addresses: Addresses;
  readonly budget: RetryBudget;
  /** Milliseconds to a whole answer, all attempts together. */
  readonly timeout: number;
  /** The most requests under way. */
  readonly maxInFlight: number;
  /** Told of each further attempt. */
  readonly retried: () => void;
}

/** Attempts at one request, where it may be sent again. */
const ATTEMPTS = 3;
/** The most milliseconds before the second attempt; twice as many before the third. */
const FIRST_BACKOFF = 20;

/** A sender for one subgraph. */
export function subgraphSender(options: SubgraphSenderOptions): SubgraphSender {
  const { name, url, addresses, budget } = options;
  const path = url.pathname + url.search;
  const host = url.host;
  let inFlight = 0;

  const send: SubgraphSender['send'] = async (fetch, callHeaders, signal, trace) => {
    if (inFlight >= options.maxInFlight) throw overloaded(name, inFlight);
    const headers = { ...callHeaders, ...CONTENT_HEADERS, host, ...trace?.headers };
    const deadline = performance.now() + options.timeout;
    const tried: Address[] = [];
    inFlight += 1;
    budget.deposit();
    try {
      const lookingUp = addresses.ready();
      if (lookingUp) await lookingUp;
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await attemptAt(addresses.pick(tried), fetch, headers, deadline, signal);
        if ('answer' in outcome) return outcome.answer;
        if (outcome.address) tried.push(outcome.address);
        if (!(await mayTryAgain(fetch, outcome, attempt, tried, deadline))) throw outcome.fault;
        options.retried();
        trace?.retried();
      }
    } finally {
      inFlight -= 1;
    }
  };

  /** A request that never left may go elsewhere at once; one that did only if it changes nothing, and not too often. */
  const mayTryAgain = async (
    fetch: SubgraphFetch,
    { hasLeft, isFinal }: Failure,
    attempt: number,
    tried: Address[],
    deadline: number,
  ): Promise<boolean> => {
    if (isFinal || attempt >= ATTEMPTS) return false;
    if (!hasLeft && addresses.pick(tried)) return true;
    if ((hasLeft && fetch.kind === 'mutation') || !budget.withdraw()) return false;
    // No other address is left: the same ones again, after a moment.
    if (!addresses.pick(tried)) tried.length = 0;
    await wait(Math.random() * FIRST_BACKOFF * 2 ** (attempt - 1));
    return performance.now() < deadline;
  };

  const attemptAt = async (
    address: Address | null,
    { body }: SubgraphFetch,
    headers: FetchCall['headers'],
    deadline: number,
    signal: AbortSignal,
  ): Promise<{ answer: HttpAnswer } | Failure> => {
    if (!address) return { fault: unavailable(name, NO_ADDRESS), hasLeft: false, isFinal: true };
    const { pool, health } = address;
    const timeout = Math.max(1, deadline - performance.now());
    health.started();
    address.inFlight += 1;
    try {
      const answer = await exchange({ pool, path, headers, body, timeout, signal });
      if (!UNAVAILABLE.has(answer.status)) {
        health.succeeded();
        return { answer };
      }
      health.failed();
      return { fault: httpError(name, answer.status), hasLeft: true, isFinal: false, address };
    } catch (error) {
      return failureOf(error, address, signal);
    } finally {
      address.inFlight -= 1;
    }
  };

  const failureOf = (error: unknown, address: Address, signal: AbortSignal): Failure => {
    const reason = error instanceof ExchangeEnded ? error.reason : null;
    if (reason === 'cancelled') {
      address.health.abandoned();
      throw signal.reason;
    }
    if (reason === 'too large') {
      address.health.succeeded();
      return { fault: invalidResponse(name), hasLeft: true, isFinal: true, address };
    }
    address.health.failed();
    if (reason === 'timeout') {
      return { fault: timedOut(name, options.timeout), hasLeft: true, isFinal: true, address };
    }
    const hasLeft = !isConnectError(error);
    return { fault: unavailable(name, error), hasLeft, isFinal: false, address };
  };

  return {
    send,
    addresses,
    get inFlight() {
      return inFlight;
    },
  };
}

/** An attempt without an answer. */
interface Failure {
  readonly fault: Error;
  /** Whether the subgraph may have received the request. */
  readonly hasLeft: boolean;
  /** Whether trying again is of no use. */
  readonly isFinal: boolean;
  readonly address?: Address;
}

const CONTENT_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
};

const NO_ADDRESS = new Error('no address of it is known that answers');

/** Proxies say by these that the subgraph behind them is away, and a subgraph that it has too much to do. */
const UNAVAILABLE = new Set([502, 503, 504]);

function isConnectError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'UND_ERR_CONNECT_TIMEOUT' || CONNECT_ERRORS.has(code);
}

const CONNECT_ERRORS = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
]);
