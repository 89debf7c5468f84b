import { setTimeout as wait } from 'node:timers/promises';
import { supergraphDigest } from '../../../gateway/supergraph/supergraph.ts';
import { faultOf } from './judge.ts';
import { percentile, startLoad, type LoadAnswer } from './load.ts';
import type { ListeningProcess } from './processes.ts';
import { composed, type Stage } from './stage.ts';

export interface ReloadPlan {
  readonly reloads: number;
  /** Milliseconds between two of them. */
  readonly interval: number;
  /** Every so many, one that is broken comes in between. */
  readonly brokenEvery: number;
  readonly clients: number;
  readonly pause: number;
}

export interface ReloadReport {
  readonly written: number;
  /** Of each replica: those that it took up; others were replaced before their turn. */
  readonly takenUp: readonly number[];
  /** Broken ones that each replica refused, and said so, with the one before still in use. */
  readonly refused: number;
  readonly answers: number;
  readonly faults: readonly string[];
  /** Milliseconds. */
  readonly p99: { readonly calm: number; readonly reloading: number };
  /** Megabytes of each replica, at the beginning and at the end. */
  readonly megabytes: readonly (readonly [number, number])[];
}

interface SupergraphHealth {
  readonly digest: string;
  readonly lastError: { readonly message: string } | null;
}

/** What is in the place of a supergraph now and then. */
const BROKEN = ['type Query { a: Int }', 'no supergraph at all', ''];

/** Replaces the supergraph again and again under load, and now and then by one that is broken. */
export async function reloadUnderLoad(stage: Stage, plan: ReloadPlan): Promise<ReloadReport> {
  const { gateways } = stage;
  const other = composed(stage.subgraphs, 'extend type Query { added: String }');
  const answers: LoadAnswer[] = [];
  const { clients, pause } = plan;
  const urls = gateways.map(({ url }) => url);
  const load = await startLoad({
    urls,
    clients,
    pause,
    answered: (answer) => answers.push(answer),
  });
  await wait(3_000);
  const before = await Promise.all(gateways.map(readMetrics));
  const began = performance.now();
  let refused = 0;
  for (let count = 1; count <= plan.reloads; count += 1) {
    // Each is another one, and every second one has another schema.
    const sdl = `${count % 2 === 1 ? other : stage.supergraph}\n# ${count}`;
    await stage.replaceSupergraph(sdl);
    await wait(plan.interval);
    if (count % plan.brokenEvery === 0) refused += await offerBroken(stage, sdl, count);
  }
  const ended = performance.now();
  const last = `${stage.supergraph}\n# the last`;
  await stage.replaceSupergraph(last);
  await until(gateways, ({ digest }) => digest === supergraphDigest(last));
  await wait(1_500);
  await load.stop();
  const after = await Promise.all(gateways.map(readMetrics));
  const within = (from: number, to: number): LoadAnswer[] =>
    answers.filter((answer) => answer.began > from && answer.ended < to);
  return {
    written: plan.reloads + 1,
    takenUp: after.map(({ loads }, index) => loads - (before[index]?.loads ?? 0)),
    refused,
    answers: answers.length,
    faults: answers.flatMap((answer) => {
      const fault = faultOf(answer);
      if (fault !== null) return [fault];
      return answer.body.errors ? [`an error: ${JSON.stringify(answer.body.errors)}`] : [];
    }),
    p99: {
      calm: percentile(within(began - 2_000, began), 0.99),
      reloading: percentile(within(began, ended), 0.99),
    },
    megabytes: after.map(({ megabytes }, index) => [before[index]?.megabytes ?? 0, megabytes]),
  };
}

/** @returns 1 where each replica refused it, said so, and went on with the one before */
async function offerBroken(stage: Stage, before: string, count: number): Promise<number> {
  const inUse = supergraphDigest(before);
  await until(stage.gateways, ({ digest }) => digest === inUse);
  await stage.replaceSupergraph(BROKEN[count % BROKEN.length] as string);
  await until(stage.gateways, ({ lastError }) => lastError !== null);
  const after = await Promise.all(stage.gateways.map(readHealth));
  return after.every(({ digest }) => digest === inUse) ? 1 : 0;
}

async function until(
  gateways: readonly ListeningProcess[],
  holds: (health: SupergraphHealth) => boolean,
): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const all = await Promise.all(gateways.map(readHealth));
    if (all.every(holds)) return;
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${JSON.stringify(all)}`);
    await wait(25);
  }
}

async function readHealth({ url }: ListeningProcess): Promise<SupergraphHealth> {
  const response = await fetch(`${url}/health/ready`);
  return ((await response.json()) as { supergraph: SupergraphHealth }).supergraph;
}

/** What a gateway says of itself: supergraphs taken up, megabytes that it holds, and of its heap. */
export async function readMetrics({ url }: Pick<ListeningProcess, 'url'>) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string): number =>
    Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    loads: read('supergraph_loads_total'),
    megabytes: Math.round(read('process_resident_memory_bytes') / 2 ** 20),
    heapMegabytes: Math.round(read('nodejs_heap_size_used_bytes') / 2 ** 20),
  };
}
