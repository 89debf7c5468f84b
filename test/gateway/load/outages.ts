import { setTimeout as wait } from 'node:timers/promises';
import { bucketOf, coveredBuckets } from '#platform/moves/bucket.ts';
import { faultOf, sidesOf } from './judge.ts';
import { startLoad, type LoadAnswer } from './load.ts';
import { readMetrics } from './reloads.ts';
import type { Stage } from './stage.ts';

/** Something that can be away: a subgraph, or the control database. */
export interface Outage {
  readonly name: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export interface OutagePlan {
  /** How often each thing is killed and started again. */
  readonly rounds: number;
  /** Milliseconds that it is away. */
  readonly down: number;
  /** Milliseconds from one to the next. */
  readonly up: number;
  readonly clients: number;
  readonly pause: number;
  /** Milliseconds between two looks at the memory. */
  readonly sample: number;
}

export interface OutageReport {
  readonly answers: number;
  /** Answers that lacked something, said by errors of the subgraph that was away. */
  readonly partial: number;
  readonly faults: readonly string[];
  /** Milliseconds from the restart of each thing to the last request that still missed it, at most. */
  readonly recovery: Readonly<Record<string, number>>;
  readonly memory: readonly MemorySample[];
}

/** Megabytes of one gateway. */
export interface MemorySample {
  readonly seconds: number;
  readonly replica: number;
  readonly resident: number;
  readonly heap: number;
}

/** Times are milliseconds of `performance.now()`; `back` is Infinity while it is away. */
interface Span {
  readonly name: string;
  readonly killed: number;
  back: number;
}

/** The share of readers and writers of the new side, all the time. */
export const OUTAGE_PERCENT = 50;
/** Milliseconds after a restart in which its absence may still be felt: the longest pause of a breaker, and a moment. */
const GRACE = 4_000;

/** Kills and restarts everything that gateways stand on, one after the other, under load, and judges every answer. */
export async function outagesUnderLoad(
  stage: Stage,
  control: Outage,
  plan: OutagePlan,
): Promise<OutageReport> {
  const spans: Span[] = [];
  const counts = { answers: 0, partial: 0 };
  const faults: string[] = [];
  const recovery: Record<string, number> = {};
  const answered = (answer: LoadAnswer): void => {
    counts.answers += 1;
    if (answer.body.errors) counts.partial += 1;
    const fault = faultOf(answer) ?? wrongSide(answer) ?? unconcerned(answer, spans);
    if (fault !== null && faults.length < 100) faults.push(`${answer.operation.name}: ${fault}`);
    noteRecovery(answer, spans, recovery);
  };
  const { clients, pause } = plan;
  const urls = stage.gateways.map(({ url }) => url);
  const memory = watchMemory(stage, plan.sample);
  const load = await startLoad({ urls, clients, pause, answered });
  await wait(plan.up);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const thing of [...Object.values(stage.subgraphs), control]) {
      const span: Span = { name: thing.name, killed: performance.now(), back: Infinity };
      spans.push(span);
      await thing.kill();
      await wait(plan.down);
      await thing.restart();
      span.back = performance.now();
      await wait(plan.up);
    }
  }
  await wait(1_000);
  await load.stop();
  return { ...counts, faults, recovery, memory: await memory.stop() };
}

/** Decisions stick to whom they are made for, whatever is away. */
function wrongSide({ subject, body }: LoadAnswer): string | null {
  const [side] = sidesOf(body.data);
  if (side === undefined || subject === null) return null;
  return side === sideFor(subject) ? null : `came from ${side}`;
}

function sideFor(subject: string): string {
  return bucketOf('order', subject) < coveredBuckets(OUTAGE_PERCENT) ? 'order' : 'legacy';
}

/** An error of a subgraph that was not away, or that this subject has nothing to do with. */
function unconcerned(
  { began, ended, subject, body }: LoadAnswer,
  spans: readonly Span[],
): string | null {
  for (const { extensions } of body.errors ?? []) {
    const { code = '', serviceName = '' } = extensions ?? {};
    const isOther = subject !== null && ['legacy', 'order'].includes(serviceName);
    if (isOther && sideFor(subject) !== serviceName)
      return `${code} of ${serviceName}, the other side`;
    const isConcerned = spans.some(
      ({ name, killed, back }) => name === serviceName && killed < ended && began < back + GRACE,
    );
    if (!isConcerned) return `${code} of ${serviceName}, which was not away`;
  }
  return null;
}

function noteRecovery(
  { began, ended, body }: LoadAnswer,
  spans: readonly Span[],
  recovery: Record<string, number>,
): void {
  for (const { extensions } of body.errors ?? []) {
    const name = extensions?.serviceName ?? '';
    const back = spans.findLast((span) => span.name === name && span.killed < ended)?.back;
    const since = Math.round(began - (back ?? Infinity));
    if (since > 0) recovery[name] = Math.max(recovery[name] ?? 0, since);
  }
}

function watchMemory({ gateways }: Stage, interval: number) {
  const samples: MemorySample[] = [];
  const began = performance.now();
  const done = new AbortController();
  const look = async (): Promise<void> => {
    const all = await Promise.all(gateways.map(readMetrics));
    const seconds = Math.round((performance.now() - began) / 1_000);
    for (const [replica, { megabytes: resident, heapMegabytes: heap }] of all.entries()) {
      samples.push({ seconds, replica, resident, heap });
    }
  };
  const watching = (async () => {
    while (!done.signal.aborted) {
      await look();
      await wait(interval, undefined, { signal: done.signal }).catch(() => null);
    }
    return samples;
  })();
  return {
    stop: () => {
      done.abort();
      return watching;
    },
  };
}
