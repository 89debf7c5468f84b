import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import {
  addThings,
  databaseVariables,
  startClusters,
  type Clusters,
  type Things,
} from './clusters.ts';
import { processEnvironment, type TortureSettings } from './config.ts';
import { drawFrom, type Draw } from './draw.ts';
import type { Telling, WriterStart } from './effects.ts';
import { runOnce, startEngine, type Engine } from './engine.ts';
import { expectNothing, type Expected } from './expected.ts';
import { startFaults, type FaultCounts } from './faults.ts';
import { checkAll } from './final-checks.ts';
import { startWatchers, type Watchers } from './watchers.ts';

/** What a torture came to. */
export interface TortureReport {
  readonly seed: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly writes: Expected['counts'];
  readonly kills: number;
  readonly stops: number;
  readonly flips: { done: number; reopened: number };
  readonly harm: FaultCounts;
  readonly looks: Watchers['counts'];
  /** What must not be, the first of it. */
  readonly faults: readonly string[];
}

const OWN_ROOT = join(import.meta.dirname, '../../..');
/** Where so much is wrong, more would say nothing new. */
const MOST_FAULTS = 20;

interface Site {
  readonly clusters: Clusters;
  readonly things: Things;
  readonly engine: Engine;
  readonly expected: Expected;
  readonly settings: TortureSettings;
  readonly draw: Draw;
  readonly began: number;
  /** Of all rounds before. */
  readonly harm: FaultCounts;
  readonly looks: Watchers['counts'];
}

/**
 * Writes, flips and does harm on two servers, in rounds after each of which everything must be whole, until the counts of
 * the settings are reached, or something is wrong.
 *
 * @param root the source tree whose engine is tortured
 * @param say is told how it goes
 */
export async function torture(
  settings: TortureSettings,
  { root = OWN_ROOT, say = () => {} }: { root?: string; say?: (line: string) => void } = {},
): Promise<TortureReport> {
  say(`seed ${settings.seed}`);
  const draw = drawFrom(settings.seed);
  const clusters = await startClusters();
  try {
    const things = await addThings(clusters);
    await runOnce(root, 'prepare-process.ts', databaseVariables(clusters));
    const expected = expectNothing();
    const take = (telling: Telling) => expected.take(telling);
    const engine = await startEngine({ root, clusters, customers: things.customers, draw, take });
    const site: Site = {
      clusters,
      things,
      engine,
      expected,
      settings,
      draw,
      began: performance.now(),
      harm: { crashes: 0, terminated: 0, cuts: 0 },
      looks: { reads: 0, ownerLooks: 0, stockLooks: 0 },
    };
    try {
      let rounds = 0;
      while (!(await isEnough(site, rounds))) {
        await playRound(site, rounds);
        rounds += 1;
        say(JSON.stringify(await reportOf(site, rounds)));
      }
      return await reportOf(site, rounds);
    } finally {
      await engine.stop();
    }
  } finally {
    await clusters.stop();
  }
}

async function isEnough(site: Site, rounds: number): Promise<boolean> {
  const { expected, settings, began } = site;
  const passed = performance.now() - began;
  if (expected.faults.length > 0 || passed > settings.most) return true;
  return rounds > 0 && passed >= settings.least && (await hasCounts(site));
}

async function hasCounts(site: Site, harm: FaultCounts = site.harm): Promise<boolean> {
  const { expected, settings, engine, clusters } = site;
  if (expected.counts.acknowledged < settings.writes || engine.counts.kills < settings.kills)
    return false;
  if (harm.crashes < settings.crashes) return false;
  return (await countFlips(clusters).catch(() => ({ done: 0 }))).done >= settings.flips;
}

/** A time of writes and faults, then rest, in which everything is compared. */
async function playRound(site: Site, round: number): Promise<void> {
  const { clusters, things, engine, expected, settings, draw, began } = site;
  const watchers = startWatchers({
    clusters,
    expected,
    customers: things.customers,
    draw: drawFrom(settings.seed + round),
  });
  const writers = startWriters(site, round);
  const writersEnd = Promise.all(writers.map((writer) => once(writer, 'exit')));
  engine.goOn();
  const length = Math.min(settings.round, settings.least);
  const harm = startFaults(clusters, engine, draw, settings);
  const start = performance.now();
  const seconds = () => performance.now() - start;
  const isLastLate = () => performance.now() - began > settings.most;
  const total = () => ({ ...harm.counts, crashes: site.harm.crashes + harm.counts.crashes });
  while (expected.faults.length === 0 && !isLastLate()) {
    await sleep(500);
    if (seconds() < length) continue;
    if (seconds() >= settings.round || (await hasCounts(site, total()))) break;
  }
  await harm.stop();
  for (const writer of writers) if (writer.connected) writer.send('stop');
  await writersEnd;
  await watchers.stop();
  await engine.rest();
  for (const name of ['crashes', 'terminated', 'cuts'] as const)
    site.harm[name] += harm.counts[name];
  for (const name of ['reads', 'ownerLooks', 'stockLooks'] as const)
    site.looks[name] += watchers.counts[name];
  await engine.settle();
  const found = await checkAll(clusters, expected);
  expected.faults.push(...found.slice(0, MOST_FAULTS));
}

function startWriters(
  { clusters, things, settings, expected }: Site,
  round: number,
): ChildProcess[] {
  return Array.from({ length: settings.writers }, (_, n) => {
    const start: WriterStart = {
      seed: settings.seed + 1_000 * round + n,
      letter: `${'abcdefg'[n]}${round.toString(36)}x`,
      urls: {
        legacy: clusters.url('legacy'),
        orders: clusters.url('orders'),
        inventory: clusters.url('inventory'),
      },
      customers: things.customers,
      connections: settings.connections,
      long: settings.long,
      ...(n === 0 ? { stock: things } : {}),
    };
    const file = join(import.meta.dirname, 'writer-process.ts');
    const child = spawn(process.execPath, [file, JSON.stringify(start)], {
      env: processEnvironment({}),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    // Whoever is killed and started anew all the time must not be the slowest.
    setPriority(child.pid as number, Math.min(19, getPriority() + 5));
    child.on('message', (tellings: Telling[]) =>
      tellings.forEach((telling) => expected.take(telling)),
    );
    return child;
  });
}

async function countFlips(clusters: Clusters): Promise<{ done: number; reopened: number }> {
  const client = new Client({ connectionString: clusters.url('control') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ done: number; reopened: number }>(
      `select count(*) filter (where step = 'done')::integer as done,
         count(*) filter (where step = 'reopened')::integer as reopened from move_flip`,
    );
    return rows[0] ?? { done: 0, reopened: 0 };
  } finally {
    void client.end().catch(() => undefined);
  }
}

async function reportOf(site: Site, rounds: number): Promise<TortureReport> {
  const { settings, expected, engine, harm, looks, began, clusters } = site;
  return {
    seed: settings.seed,
    seconds: Math.round((performance.now() - began) / 1_000),
    rounds,
    writes: { ...expected.counts },
    ...engine.counts,
    flips: await countFlips(clusters),
    harm: { ...harm },
    looks: { ...looks },
    faults: expected.faults.slice(0, MOST_FAULTS),
  };
}
