import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { Pool } from 'undici';
import { SESSION_COOKIE } from '../../../gateway/routing/subject.ts';
import { LOAD_OPERATIONS, type LoadOperation } from './graph.ts';
import { STAGE_SECRET } from './stage.ts';

/** One request of the load, and what came of it. */
export interface LoadAnswer {
  /** The index of the gateway that was asked. */
  readonly replica: number;
  readonly operation: LoadOperation;
  /** Whom decisions stick to; null for a stranger who was given no session. */
  readonly subject: string | null;
  /** Milliseconds of `performance.now()`. */
  readonly began: number;
  readonly ended: number;
  /** The key of the order that a mutation places. */
  readonly key: string;
  /** 0 where there was no answer at all. */
  readonly status: number;
  readonly body: LoadBody;
}

/** The body of an answer; of a request that failed, an error without a code. */
export interface LoadBody {
  readonly data?: unknown;
  readonly errors?: readonly LoadError[];
}

export interface LoadError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly serviceName?: string };
}

export interface LoadOptions {
  readonly urls: readonly string[];
  /** Clients that send one request after the other. */
  readonly clients: number;
  /** Milliseconds between an answer and the next request, on average. */
  readonly pause: number;
  /** Told of each answer. */
  readonly answered: (answer: LoadAnswer) => void;
}

/** Load that goes on until it is stopped. */
export interface Load {
  /** Lets requests under way finish. */
  stop(): Promise<void>;
}

/** Who asks: a third is logged in, a third has a session, a third comes for the first time, each time. */
interface Client {
  readonly subject: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Puts a mixed load on all gateways: queries and mutations, logged in and anonymous. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const pools = options.urls.map((url) => new Pool(url, { connections: 64 }));
  const clients = await Promise.all(
    Array.from({ length: options.clients }, (_, index) => client(index)),
  );
  const end = new AbortController();
  const work = async (each: Client): Promise<void> => {
    await wait(Math.random() * options.pause);
    while (!end.signal.aborted) {
      const replica = Math.floor(Math.random() * pools.length);
      options.answered(await ask(pools[replica] as Pool, replica, each));
      await wait(options.pause * (0.5 + Math.random()));
    }
  };
  const working = clients.map(work);
  return {
    async stop() {
      end.abort();
      await Promise.all(working);
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}

async function client(index: number): Promise<Client> {
  if (index % 3 === 0) {
    const subject = randomUUID();
    const token = await new SignJWT({ user_id: subject, role: 'CUST', session: 's' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('2h')
      .sign(new TextEncoder().encode(STAGE_SECRET));
    return { subject, headers: { authorization: `Bearer ${token}` } };
  }
  if (index % 3 === 1) {
    const subject = randomBytes(16).toString('base64url');
    return { subject, headers: { cookie: `${SESSION_COOKIE}=${subject}` } };
  }
  return { subject: null, headers: {} };
}

const DICE = LOAD_OPERATIONS.flatMap((operation) =>
  Array.from({ length: operation.weight }, () => operation),
);

async function ask(pool: Pool, replica: number, { subject, headers }: Client): Promise<LoadAnswer> {
  const operation = DICE[Math.floor(Math.random() * DICE.length)] as LoadOperation;
  const key = randomUUID();
  const began = performance.now();
  const sent = { replica, operation, began, key };
  try {
    const response = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: operation.query, variables: { key } }),
    });
    const text = await response.body.text();
    const ended = performance.now();
    const given = sessionOf(response.headers['set-cookie']);
    const body = JSON.parse(text) as LoadBody;
    return { ...sent, ended, subject: subject ?? given, status: response.statusCode, body };
  } catch (error) {
    const body = { errors: [{ message: String(error) }] };
    return { ...sent, ended: performance.now(), subject, status: 0, body };
  }
}

function sessionOf(cookie: string | string[] | undefined): string | null {
  return new RegExp(`^${SESSION_COOKIE}=([^;]+)`).exec(String(cookie ?? ''))?.[1] ?? null;
}

/** @param share 0.99 for the time that 99% of answers took at most @returns milliseconds */
export function percentile(answers: readonly LoadAnswer[], share: number): number {
  const times = answers.map(({ began, ended }) => ended - began).sort((one, other) => one - other);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
