import { randomUUID } from 'node:crypto';
import { compare } from '#schema/compare.ts';
import type { GivenJob } from '../judging/judge.ts';
import type { Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import { baseFrom, requireName, type ChangeRequest } from '../versions/change-version.ts';
import { readVersion } from '../versions/versions.ts';
import { beginCheck, openCheck, readCheck, settleCheck, type Check } from './checks.ts';
import type { CheckOutcome } from './outcome.ts';

/** Checks that go on beside the requests that asked for them. */
export interface Checks {
  /** Begins a check of what the graph becomes with a subgraph. @returns its id @throws RegistryError */
  begin(request: ChangeRequest, sdl: string): Promise<string>;
  /** A check, as soon as it has ended; after some seconds as it is. null where there is none. */
  ended(id: string): Promise<Check | null>;
  /** Waits for those that go on. */
  close(): Promise<void>;
}

/** Milliseconds that an answer is held back for a check that is about to end. Rover waits 30 s for an answer. */
const PATIENCE = 10_000;
/** A subgraph that has no URL yet is judged with this one: it takes no part in composing. */
const NO_URL = 'http://localhost/';

export function createChecks(registry: Registry): Checks {
  const { db, log } = registry;
  const running = new Map<string, Promise<void>>();

  async function jobOf({ ref, subgraph }: ChangeRequest, sdl: string): Promise<GivenJob> {
    const current = await readVersion(db, ref);
    const others = current?.subgraphs.filter(({ name }) => name !== subgraph) ?? [];
    const url = current?.subgraphs.find(({ name }) => name === subgraph)?.url ?? NO_URL;
    const subgraphs = [...others, { name: subgraph, url, sdl }]
      .map((one) => ({ name: one.name, url: one.url, sdl: one.sdl }))
      .toSorted((a, b) => compare(a.name, b.name));
    return { subgraphs, base: baseFrom(ref, current) };
  }

  async function outcomeOf(id: string, request: ChangeRequest, sdl: string): Promise<CheckOutcome> {
    let served: string | undefined;
    const { report, composed } = await registry.judge.judge(async () => {
      await beginCheck(db, id);
      const job = await jobOf(request, sdl);
      served = job.base?.composed.supergraph;
      return job;
    });
    return { kind: 'judged', report, isSupergraphChanged: composed?.supergraph !== served };
  }

  async function run(id: string, request: ChangeRequest, sdl: string): Promise<void> {
    const outcome = await outcomeOf(id, request, sdl).catch((error: unknown): CheckOutcome => {
      if (error instanceof RegistryError) return { kind: 'unjudged', problem: error.message };
      log.error({ err: error, check: id }, 'a check could not be made');
      return { kind: 'unjudged', problem: 'The registry could not check it: its log says why.' };
    });
    await settleCheck(db, id, outcome);
  }

  return {
    async begin(request, sdl) {
      requireName(request.subgraph);
      registry.judge.requireRoom();
      const id = randomUUID();
      const { ref, subgraph, by, git } = request;
      await openCheck(db, { id, ref, subgraph, by, git });
      const work = run(id, request, sdl)
        .catch((error: unknown) => log.error({ err: error, check: id }, 'a check is lost'))
        .finally(() => running.delete(id));
      running.set(id, work);
      return id;
    },
    async ended(id) {
      const late = new AbortController();
      const limit = setTimeout(() => late.abort(), PATIENCE);
      await Promise.race([
        running.get(id),
        new Promise<void>((resolve) => late.signal.addEventListener('abort', () => resolve())),
      ]);
      clearTimeout(limit);
      return readCheck(db, id);
    },
    close: async () => void (await Promise.all(running.values())),
  };
}
