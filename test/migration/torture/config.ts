import { basicEnvironment } from '../../setup/basic-environment.ts';

/** How long and how hard a torture of the data move is. */
export interface TortureSettings {
  /** Another one draws other writes, faults and flips; how they meet is up to the machine. */
  readonly seed: number;
  /** Milliseconds that it lasts at least. */
  readonly least: number;
  /** Milliseconds after which it ends, also where the counts below have not been reached. */
  readonly most: number;
  readonly writes: number;
  readonly kills: number;
  readonly flips: number;
  readonly crashes: number;
  /** Milliseconds between two rests, at which everything is compared. */
  readonly round: number;
  /** Milliseconds between two faults, on average, and between two crashes of a server. */
  readonly faultEvery: number;
  readonly crashEvery: number;
  /** Processes of writers, and connections of each. */
  readonly writers: number;
  readonly connections: number;
  /** The share of transactions that last for long. */
  readonly long: number;
}

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

/** What a run in CI must reach, with whatever the environment says instead. */
export function tortureSettings(): TortureSettings {
  const least = number('TORTURE_SECONDS', 120) * 1_000;
  return {
    seed: number('TORTURE_SEED', Math.floor(Math.random() * 2 ** 31)),
    least,
    most: number('TORTURE_MOST_SECONDS', Math.max(360, least / 1_000)) * 1_000,
    writes: number('TORTURE_WRITES', 30_000),
    kills: number('TORTURE_KILLS', 60),
    flips: number('TORTURE_FLIPS', 30),
    crashes: number('TORTURE_CRASHES', 3),
    round: number('TORTURE_ROUND_SECONDS', 300) * 1_000,
    faultEvery: number('TORTURE_FAULT_MS', 1_000),
    crashEvery: number('TORTURE_CRASH_SECONDS', 30) * 1_000,
    writers: number('TORTURE_WRITERS', 2),
    connections: number('TORTURE_CONNECTIONS', 4),
    long: number('TORTURE_LONG', 0.015),
  };
}

/** Whether the soak tries engines that were broken on purpose, and which; all of them where none is named. */
export const brokenEngines = {
  wanted: process.env.SOAK_BROKEN !== undefined,
  only: (process.env.SOAK_BROKEN ?? '').split(',').filter(Boolean),
};

/** The environment of a process of the torture: what this one has of the system, and what it is told. */
export const processEnvironment = (variables: Readonly<Record<string, string>>) => ({
  ...basicEnvironment(),
  ...variables,
});

/** A variable that a process of the torture was started with. */
export function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`This process is started by the torture, with ${name}.`);
  return value;
}
