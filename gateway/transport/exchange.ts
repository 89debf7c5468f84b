import type { Dispatcher, Pool } from 'undici';
import type { HttpAnswer } from './read-response.ts';

/** Why an exchange ended without an answer, where it was not the connection. */
export class ExchangeEnded extends Error {
  readonly reason: 'timeout' | 'cancelled' | 'too large';

  constructor(reason: ExchangeEnded['reason']) {
    super(`the exchange ended: ${reason}`);
    this.name = 'ExchangeEnded';
    this.reason = reason;
  }
}

/** One request to one address. */
export interface ExchangeRequest {
  readonly pool: Pool;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds to a whole answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Bytes of an answer beyond which it is not read on: an answer is held in memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Sends a request and reads the whole answer. It stands on `dispatch`, the lowest level of undici: what lies above
 * makes a stream for each answer, which costs more than the rest of the request.
 *
 * @throws ExchangeEnded, or the error of the connection
 */
export function exchange(request: ExchangeRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      reject(new ExchangeEnded('cancelled'));
      return;
    }
    const handler = new AnswerHandler(request, resolve, reject);
    try {
      const { path, headers, body } = request;
      request.pool.dispatch({ path, method: 'POST', headers, body, ...NO_TIMEOUTS }, handler);
    } catch (error) {
      handler.fail(error);
    }
  });
}

/** Ours covers the whole exchange, waiting for a free connection included. */
const NO_TIMEOUTS = { headersTimeout: 0, bodyTimeout: 0 };

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = (): void => this.#end('cancelled');
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #isSettled = false;
  #status = 0;
  #bytes = 0;

  constructor(
    { timeout, signal }: ExchangeRequest,
    resolve: (answer: HttpAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#end('timeout'), timeout);
    signal.addEventListener('abort', this.#cancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It may have waited for a connection for longer than anybody waited for it.
    if (this.#isSettled) controller.abort(new ExchangeEnded('cancelled'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_ANSWER_BYTES) this.#end('too large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const [first, ...rest] = this.#chunks;
    const bytes = rest.length > 0 ? Buffer.concat(this.#chunks, this.#bytes) : first;
    this.#resolve({ status: this.#status, text: bytes?.toString('utf8') ?? '' });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  /** The connection failed, or there is none. */
  fail(error: unknown): void {
    if (this.#settle()) this.#reject(error);
  }

  #end(reason: ExchangeEnded['reason']): void {
    const error = new ExchangeEnded(reason);
    this.fail(error);
    this.#controller?.abort(error);
  }

  /** @returns whether this is the end: an exchange ends once */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#cancel);
    return true;
  }
}
