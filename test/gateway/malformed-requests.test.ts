import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { GraphQLScalarType } from 'graphql';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, rawRequest } from './malformed/raw-requests.ts';
import { request, type Request } from './malformed/requests.ts';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';

const HTTP_REQUESTS = 9_600;
const RAW_REQUESTS = 400;
/** A failure names its seed: put it here to see it again. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

/** Takes every kind of input. */
const echo = {
  name: 'echo',
  typeDefs: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar JSON
    enum Kind { A B }
    input Filter { text: String more: [Filter!] }
    type Query { echo(value: JSON, filter: Filter, list: [Int!], kind: Kind): JSON }
  `,
  resolvers: {
    JSON: new GraphQLScalarType({ name: 'JSON' }) as never,
    Query: { echo: (_parent: unknown, given: unknown) => given },
  },
};

let gateway: TestGateway;
let pool: Pool;
beforeAll(async () => {
  gateway = await startTestGateway([...shop, echo], { TRUST_PROXY: 'true' });
  pool = new Pool(gateway.url, { connections: 16 });
});
afterAll(async () => {
  await pool.close();
  await gateway.close();
});

/** Statuses that say what is wrong with a request. 501 is said of methods that nobody knows. */
const FITTING = new Set([
  200, 204, 400, 401, 404, 405, 406, 408, 411, 413, 414, 415, 417, 426, 431, 501, 505,
]);
const MET = [
  '200 ',
  '204 ',
  '401 UNAUTHENTICATED',
  '405 BAD_REQUEST',
  '406 BAD_REQUEST',
  '415 UNSUPPORTED_MEDIA_TYPE',
  '400 BAD_REQUEST',
  '400 BAD_USER_INPUT',
  '400 TOO_DEEP',
  '400 GRAPHQL_PARSE_FAILED',
  '400 GRAPHQL_VALIDATION_FAILED',
  '400 OPERATION_RESOLUTION_FAILURE',
  '400 TOO_MANY_TOKENS',
  '400 TOO_MANY_ROOT_FIELDS',
];
/** What only the inside of the gateway knows. */
const INSIDE =
  /node_modules|\/work\/|\bfile:\/\/|\.[cm]?[jt]s:\d+|\n\s+at |stacktrace|INTERNAL_SERVER_ERROR/;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What is wrong with an answer; null where it is one. */
function faultOf(sent: Request, { status, type, body }: Answer): string | null {
  if (!FITTING.has(status)) return `status ${status}`;
  if (INSIDE.test(body)) return 'it tells what is inside';
  if (sent.method === 'HEAD' || status === 204) return body === '' ? null : 'it has a body';
  if (type.startsWith('text/html'))
    return status === 200 && sent.method === 'GET' ? null : 'a page';
  return jsonFault(status, body);
}

function jsonFault(status: number, body: string): string | null {
  try {
    const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: unknown[] };
    if (status === 200 && data !== undefined) return null;
    return Array.isArray(errors) && errors.length > 0 ? null : 'there are no errors';
  } catch {
    return 'it is no JSON';
  }
}

async function answerTo(sent: Request): Promise<Answer> {
  const { method, path, headers, body } = sent;
  const answer = await pool.request({ method, path, headers, body });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type'] ?? ''),
    body: await answer.body.text(),
  };
}

const isWell = async () => {
  const { body } = await gateway.graphql('{ strict }');
  return body.data?.strict === 'strict';
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function megabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Keeps 16 requests under way. @returns what was wrong */
async function sendAll(requests: readonly Request[], outcomes: Map<string, number>) {
  const faults: string[] = [];
  const queue = requests.values();
  const work = async () => {
    for (const sent of queue) {
      const answer = await answerTo(sent);
      const code = /"code":"(\w+)"/.exec(answer.body)?.[1] ?? '';
      const outcome = `${answer.status} ${code}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const fault = faultOf(sent, answer);
      if (fault !== null) faults.push(`${fault}: ${shown(sent)} was answered ${shown(answer)}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return faults;
}

const shown = (value: unknown) => JSON.stringify(value).slice(0, 600);

test(
  `${HTTP_REQUESTS} malformed requests have fitting answers, and leave nothing behind (seed ${SEED})`,
  { timeout: 120_000 },
  async () => {
    const requests = fc.sample(request, { numRuns: HTTP_REQUESTS, seed: SEED });
    const outcomes = new Map<string, number>();
    const heap: number[] = [];
    for (let begin = 0; begin < HTTP_REQUESTS; begin += HTTP_REQUESTS / 4) {
      const faults = await sendAll(requests.slice(begin, begin + HTTP_REQUESTS / 4), outcomes);
      expect(faults.slice(0, 5)).toEqual([]);
      expect(await isWell()).toBe(true);
      heap.push(Math.round(megabytes()));
    }
    console.log(Object.fromEntries(outcomes), `MB of heap: ${heap.join(' ')}`);
    // Each thing that can be wrong was met.
    for (const outcome of MET)
      expect([outcome, outcomes.get(outcome) ?? 0]).not.toEqual([outcome, 0]);
    // What is kept are documents, plans and persisted queries, each up to a size.
    expect((heap[3] ?? 0) - (heap[1] ?? 0)).toBeLessThan(40);
  },
);

test(
  `${RAW_REQUESTS} requests that are hardly HTTP are answered or cut off (seed ${SEED})`,
  { timeout: 60_000 },
  async () => {
    const port = Number(new URL(gateway.url).port);
    const queue = fc.sample(rawRequest, { numRuns: RAW_REQUESTS, seed: SEED }).values();
    const faults: string[] = [];
    const work = async () => {
      for (const text of queue) {
        const answer = await exchange(port, text);
        const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) =>
          Number(status),
        );
        const isFitting = statuses.every(
          (status) => [100, 302].includes(status) || FITTING.has(status),
        );
        if (!isFitting || INSIDE.test(answer)) faults.push(`${shown(text)} got ${shown(answer)}`);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(faults.slice(0, 5)).toEqual([]);
    expect(await isWell()).toBe(true);
  },
);
