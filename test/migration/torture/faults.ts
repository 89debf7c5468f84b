import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import type { Clusters } from './clusters.ts';
import type { TortureSettings } from './config.ts';
import type { Draw } from './draw.ts';
import type { Engine } from './engine.ts';
import type { Slot } from './slot.ts';

/** How often each thing has been done. */
export interface FaultCounts {
  crashes: number;
  terminated: number;
  cuts: number;
}

export interface Faults {
  readonly counts: FaultCounts;
  /** Ends when everything is whole again. */
  stop(): Promise<void>;
}

const SIDES = ['legacy', 'new'] as const;

/** Does harm at random until it is stopped. */
export function startFaults(
  clusters: Clusters,
  engine: Engine,
  draw: Draw,
  { faultEvery, crashEvery }: TortureSettings,
): Faults {
  const counts: FaultCounts = { crashes: 0, terminated: 0, cuts: 0 };
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  /** What is under way, each on its own. */
  const works = new Set<Promise<unknown>>();
  const begin = (work: Promise<unknown>) => {
    works.add(work);
    void work.finally(() => works.delete(work));
  };
  const harming = (async () => {
    while (!signal.aborted) {
      await pause(faultEvery * (0.3 + 1.4 * draw.next()));
      if (signal.aborted) break;
      const ready = engine.slots.filter((one) => one.isReady());
      if (ready.length === 0) continue;
      const slot = draw.one(ready);
      const kind = draw.weighted({ kill: 45, stop: 15, terminate: 15, cut: 12, slow: 13 });
      if (kind === 'kill') begin(slot.kill());
      else if (kind === 'stop')
        begin(slot.pause(draw.chance(0.15) ? draw.whole(2_000, 4_000) : draw.whole(30, 900)));
      else if (kind === 'terminate') begin(terminate(clusters, draw, counts));
      else if (kind === 'slow') begin(slowNetwork(slot, draw, pause));
      else begin(cutNetwork(slot, draw, counts, pause));
    }
  })();
  const crashing = (async () => {
    // However short the time is, one may come.
    await pause(crashEvery * draw.next());
    for (let n = draw.whole(0, 1); !signal.aborted; n += 1) {
      await clusters.crash(SIDES[n % 2] as Side);
      counts.crashes += 1;
      await pause(crashEvery * (0.7 + 0.6 * draw.next()));
    }
  })();
  /** Whoever stopped itself in a flip goes on when others have taken over. */
  const waking = (async () => {
    while (!signal.aborted) {
      await pause(4_000);
      engine.slots.forEach((slot) => slot.wake());
    }
  })();
  return {
    counts,
    async stop() {
      stopping.abort();
      await Promise.all([harming, crashing, waking]);
      await Promise.all(works);
      for (const { network } of engine.slots) SIDES.forEach((side) => network[side].mend());
      engine.slots.forEach((slot) => slot.wake());
    },
  };
}

/** Ends some connections of writers, relays and those who flip. */
async function terminate(clusters: Clusters, draw: Draw, counts: FaultCounts): Promise<void> {
  const client = new Client({ connectionString: clusters.adminUrl(draw.one(SIDES)) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like any ('{torture writer,migration%}') order by random() limit $1`,
      [draw.whole(1, 3)],
    );
    counts.terminated += rowCount ?? 0;
  } catch {
    // The server is being crashed at this moment.
  } finally {
    void client.end().catch(() => undefined);
  }
}

/** One process falls behind another: what lies between two of its statements takes long. */
async function slowNetwork(
  { network }: Slot,
  draw: Draw,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const proxy = network[draw.one(SIDES)];
  proxy.slow(draw.whole(10, 150));
  await pause(draw.whole(500, 3_000));
  proxy.slow(0);
}

async function cutNetwork(
  { network }: Slot,
  draw: Draw,
  counts: FaultCounts,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const proxy = network[draw.one(SIDES)];
  proxy.cut(draw.one(['hold', 'deaf', 'lost'] as const));
  counts.cuts += 1;
  await pause(draw.whole(100, 2_000));
  proxy.mend();
}
