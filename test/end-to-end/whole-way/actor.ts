import { setTimeout as pause } from 'node:timers/promises';
import type { Door } from './door.ts';
import type { Findings } from './findings.ts';

/** What somebody who uses the product is given. */
export interface Setting {
  /** Unique among all. */
  readonly name: string;
  readonly door: Door;
  readonly findings: Findings;
  /** An account of the demo data. */
  readonly demo: (name: 'staff' | 'admin') => { readonly email: string; readonly password: string };
}

/** Somebody who uses the product, and remembers what they were told. */
export interface Actor {
  /** Does some things, and looks after each whether it is as they were told. @throws Fault where it is not */
  act(): Promise<void>;
  /** Looks whether everything that they were told is there, once, by some door. @throws Fault */
  review(door: Door): Promise<void>;
}

/** Somebody's place in the load. */
export interface Part {
  readonly name: string;
  /** Who plays it now. */
  readonly actor: () => Actor;
  /** Lets them end what they have begun. */
  stop(): Promise<void>;
}

/** Milliseconds between two rounds of one actor: people read what they are shown. */
const THINKING = 150;
/** Somebody who has met a fault knows no longer what to expect, and somebody new comes: so often. */
const MOST_PLAYERS = 6;

/** Lets somebody act again and again, until told to stop. @param begin somebody new, by a name of their own @param begun resolves when to begin */
export async function startPart(
  name: string,
  findings: Findings,
  begin: (name: string) => Promise<Actor>,
  begun: Promise<void>,
): Promise<Part> {
  let actor = await begin(name);
  const stopping = new AbortController();
  async function act(): Promise<void> {
    for (let players = 1; !stopping.signal.aborted;) {
      try {
        await actor.act();
        findings.did(`rounds of ${name}`);
      } catch (error) {
        findings.fault(name, error);
        if (players++ === MOST_PLAYERS) return;
        actor = await begin(`${name}-${players}`).catch((late: unknown) => {
          findings.fault(`the beginning of ${name}`, late);
          return actor;
        });
      }
      await pause(THINKING * (0.5 + Math.random()));
    }
  }
  // Everybody begins when everybody is there.
  const ended = begun.then(act);
  return {
    name,
    actor: () => actor,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
