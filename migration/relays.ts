import type { Logger } from '#platform/log.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import type { MoverMetrics } from './mover-metrics.ts';
import type { OpenMoves } from './open-moves.ts';
import { startRelay, type Relay } from './relay/start-relay.ts';

/** The relays of the moves whose sides hear of each other. */
export interface Relays {
  /** Lets the relay of a move run, or not. */
  keep(move: MoveName, isCaptured: boolean): Promise<void>;
  running(): readonly (readonly [MoveName, Relay])[];
  stop(): Promise<void>;
}

export function relays(moves: OpenMoves, log: Logger, metrics: MoverMetrics): Relays {
  const running = new Map<MoveName, Relay>();
  const end = async (move: MoveName) => {
    const relay = running.get(move);
    running.delete(move);
    await relay?.stop();
  };
  return {
    async keep(move, isCaptured) {
      if (!isCaptured) return end(move);
      if (running.has(move)) return;
      const onBatch = metrics.onBatch(move);
      running.set(move, startRelay(moves.placesOf(move), { log, onBatch }));
    },
    running: () => [...running],
    stop: async () => {
      await Promise.all([...running.keys()].map(end));
    },
  };
}
