import type { Provider } from '@openfeature/server-sdk';
import type { Logger } from '#platform/log.ts';
import { snapshotOfTargets, type MoveSnapshot } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { FlagProviderChoice, RoutingSettings } from './config.ts';
import { environmentProvider } from './flags/environment-provider.ts';
import { fileProvider } from './flags/file-provider.ts';
import { openFlags, type FlagMetrics, type Flags, type FlagsStatus } from './flags/flags.ts';
import { moduleProvider } from './flags/module-provider.ts';
import { movesProvider } from './flags/moves-provider.ts';
import { followMoveStates } from './followed-move-states.ts';
import type { MoveStateMetrics } from './knowledge.ts';
import { labelDecision, type LabelDecision } from './label-decision.ts';
import { fixedMoveStates, type MoveStates } from './move-states.ts';

/** What decides the labels of a gateway. */
export interface Routing {
  readonly decide: LabelDecision;
  readonly states: MoveStates;
  /** How the foreign provider of flags fares; null where there is none. */
  flags(): FlagsStatus | null;
  close(): Promise<void>;
}

export interface RoutingOptions {
  readonly settings: RoutingSettings;
  /** What the variables `USE_NEW_…` ask for. */
  readonly targets: Readonly<Record<MoveName, Side>>;
  /** Whether a request may say which labels are on. */
  readonly trustHeader: boolean;
  readonly log: Logger;
  readonly metrics: MoveStateMetrics & FlagMetrics;
  /** Makes ready for a change of the states before it is taken up: for instance plans; waited for at most 300 ms. */
  readonly prepare?: (next: MoveSnapshot) => Promise<void>;
  /** Told of the states at the start, and of each change that is taken up. */
  readonly changed?: (snapshot: MoveSnapshot) => void;
}

/**
 * Opens what decides labels. It can be asked when `states.known` has resolved: with a control database that is away
 * that takes until it is there.
 *
 * @throws FlagProviderError where the provider of flags cannot be had
 */
export async function openRouting(options: RoutingOptions): Promise<Routing> {
  const { settings, trustHeader, log, metrics } = options;
  const states = openStates(options);
  try {
    const provider = await foreignProvider(settings.FLAG_PROVIDER, states, options);
    const timeout = settings.FLAG_TIMEOUT_MS;
    const flags = provider && (await openFlags(provider, { timeout, log, metrics }));
    return {
      decide: labelDecision({ states, flags, trustHeader }),
      states,
      flags: () => flags?.status() ?? null,
      close: () => closeAll(states, flags),
    };
  } catch (error) {
    await states.close();
    throw error;
  }
}

async function closeAll(states: MoveStates, flags: Flags | null): Promise<void> {
  await Promise.all([states.close(), flags?.close()]);
}

function openStates({ settings, targets, log, metrics, prepare, changed }: RoutingOptions) {
  const url = settings.CONTROL_DATABASE_URL;
  if (url !== undefined) return followMoveStates({ url, log, metrics, prepare, changed });
  log.info(
    'CONTROL_DATABASE_URL is not set: each move stays on the side that its USE_NEW_… names until the next start',
  );
  const snapshot = snapshotOfTargets(targets);
  changed?.(snapshot);
  return fixedMoveStates(snapshot);
}

/** The provider that decides in place of the states; null where they decide themselves. */
async function foreignProvider(
  choice: FlagProviderChoice,
  states: MoveStates,
  { targets, log }: RoutingOptions,
): Promise<Provider | null> {
  if (choice.kind === 'file') return fileProvider(choice.path, log);
  if (choice.kind === 'module') {
    return moduleProvider(choice.path, { moves: movesProvider(states) });
  }
  return choice.kind === 'environment' ? environmentProvider(targets) : null;
}
