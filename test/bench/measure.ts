import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answerTexts } from './answers.ts';
import { cpuSeconds, end, familyOf, OTHER_CORE, residentMegabytes, startOn } from './processes.ts';

/** One request to a gateway. */
export interface BenchRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is sent to a gateway: these requests in turn, by each connection. */
export interface Workload {
  readonly requests: readonly BenchRequest[];
  readonly connections: number;
  readonly seconds: number;
}

/** What a gateway did in one round. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not the right one, or none at all. */
  readonly wrong: number;
  readonly cpuPerThousand: number;
  readonly megabytes: number;
  readonly callsPerRequest: number;
}

/** Seconds of load before it counts: compilers and caches are warm then. */
const WARM_UP = 4;

/**
 * Puts load on a gateway. What it answers to each request before the load is the right answer under load.
 *
 * @param countCalls requests that the subgraphs received since it was last asked
 */
export async function measure(
  url: string,
  pid: number,
  workload: Workload,
  countCalls: () => Promise<number>,
): Promise<Round> {
  const expected = await answerTexts(url, workload.requests);
  await load(url, { ...workload, seconds: WARM_UP }, expected);
  const family = familyOf(pid);
  await countCalls();
  const before = cpuSeconds(family);
  const result = await load(url, workload, expected);
  const used = cpuSeconds(family) - before;
  const calls = await countCalls();
  return {
    perSecond: result.perSecond,
    p50: result.p50,
    p99: result.p99,
    wrong: result.wrong,
    cpuPerThousand: (used / result.total) * 1_000,
    megabytes: residentMegabytes(family),
    callsPerRequest: calls / result.total,
  };
}

interface LoadResult {
  readonly perSecond: number;
  readonly total: number;
  readonly p50: number;
  readonly p99: number;
  readonly wrong: number;
}

const LOAD = fileURLToPath(new URL('peers/load.ts', import.meta.url));

async function load(
  url: string,
  workload: Workload,
  expected: readonly string[],
): Promise<LoadResult> {
  const child = startOn(OTHER_CORE, [process.execPath, LOAD], { ipc: true });
  child.send({ url, expected, ...workload });
  let out = '';
  let problems = '';
  child.stdout?.on('data', (text) => (out += text));
  child.stderr?.on('data', (text) => (problems += text));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`The load failed: ${problems}`);
  return JSON.parse(out) as LoadResult;
}

/** Waits until a gateway answers without an error, and gives that answer. */
export async function ready(
  url: string,
  workload: Pick<Workload, 'requests'>,
  child: Parameters<typeof end>[0],
): Promise<unknown> {
  let problems = '';
  child.stderr?.on('data', (text) => (problems += text));
  child.stdout?.resume();
  for (let tries = 0; tries < 900; tries += 1) {
    if (child.exitCode !== null) throw new Error(`It ended: ${problems}`);
    const answer = await firstAnswer(url, workload);
    if (answer?.data && !answer.errors) return answer.data;
    await wait(100);
  }
  await end(child);
  throw new Error(`It gives no answer: ${problems}`);
}

async function firstAnswer(url: string, { requests }: Pick<Workload, 'requests'>) {
  const [text = ''] = await answerTexts(url, requests.slice(0, 1)).catch(() => []);
  try {
    return JSON.parse(text) as { data?: unknown; errors?: unknown };
  } catch {
    return null;
  }
}
