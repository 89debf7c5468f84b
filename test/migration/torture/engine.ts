import { once } from 'node:events';
import { FLIP_FAILPOINTS } from '../../../migration/flip/failpoint.ts';
import { databaseVariables, type Clusters } from './clusters.ts';
import type { Draw } from './draw.ts';
import type { Telling } from './effects.ts';
import { run, startSlot, type Slot, type SlotCounts } from './slot.ts';

export interface Engine {
  readonly slots: readonly Slot[];
  readonly counts: SlotCounts;
  /** Brings what was left behind to an end, in a process of its own. */
  settle(): Promise<void>;
  /** From then on nothing is flipped, and the neighbours of the relays write nothing. */
  rest(): Promise<void>;
  /** The contrary, and so it begins. */
  goOn(): void;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** The root of the source tree whose engine runs. */
  readonly root: string;
  readonly clusters: Clusters;
  readonly customers: readonly string[];
  readonly draw: Draw;
  readonly take: (telling: Telling) => void;
}

/** Two relays, because there may be any number, and two who flip: one takes over where the other is stopped. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { root, clusters, customers, draw, take } = options;
  const counts = { kills: 0, stops: 0 };
  let letters = 0;
  let isResting = false;
  const relay = () => ({
    TORTURE_LETTER: `h${(letters++).toString(36)}x`,
    TORTURE_MAY_WRITE: isResting ? 'no' : 'yes',
  });
  const flipper = () => ({
    TORTURE_SEED: String(draw.whole(0, 2 ** 30)),
    TORTURE_CUSTOMERS: customers.join(),
    FLIP_LEASE_MS: '1500',
    FLIP_PAUSE_MS: '3000',
  });
  const armedFlipper = () => ({ ...flipper(), TORTURE_SETTLE: 'no', ...armed(draw) });
  const slot = (
    name: string,
    file: string,
    variables: () => Record<string, string>,
    mayRun: () => boolean,
  ) => startSlot({ name, root, file, clusters, variables, mayRun, counts, take });
  const slots = [
    await slot('relay 1', 'relay-process.ts', relay, () => true),
    await slot('relay 2', 'relay-process.ts', relay, () => true),
    await slot('flipper 1', 'flipper-process.ts', armedFlipper, () => !isResting),
    await slot('flipper 2', 'flipper-process.ts', armedFlipper, () => !isResting),
  ];
  return {
    slots,
    counts,
    async settle() {
      const words = { ...flipper(), TORTURE_SETTLE: 'yes' };
      const child = run(
        root,
        'flipper-process.ts',
        { ...databaseVariables(clusters), ...words },
        take,
      );
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0)
        throw new Error(`What the flips left behind was not brought to an end (code ${code}).`);
    },
    async rest() {
      isResting = true;
      slots.forEach((one) => one.send('rest'));
      await Promise.all(
        slots.filter(({ name }) => name.startsWith('flipper')).map((one) => one.kill()),
      );
    },
    goOn() {
      isResting = false;
      slots.forEach((one) => one.send('write'));
    },
    stop: async () => {
      await Promise.all(slots.map((one) => one.close()));
    },
  };
}

/** Half of those who flip kill or stop themselves at a step of a flip. */
function armed(draw: Draw): Record<string, string> {
  if (draw.chance(0.5)) return {};
  const point = draw.one(FLIP_FAILPOINTS);
  return { MIGRATION_FAILPOINT: draw.chance(0.7) ? point : `stop:${point}` };
}

/** Runs a process to its end. @throws where it fails */
export async function runOnce(
  root: string,
  file: string,
  variables: Record<string, string>,
): Promise<void> {
  const child = run(root, file, variables, () => {});
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${file} ended with ${code}.`);
}
