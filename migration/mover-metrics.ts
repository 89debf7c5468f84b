import { Counter, Gauge, Histogram } from 'prom-client';
import type { Metrics } from '#platform/metrics.ts';
import { STAGES } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { RelayCount } from './relay/relay-count.ts';
import type { MoveFacts } from './stages/facts.ts';

/** What the mover counts. */
export interface MoverMetrics {
  /** What a relay tells of its batches. */
  onBatch(move: MoveName): (from: Side, count: RelayCount, seconds: number) => void;
  /** Shows how a move stands. */
  show(facts: MoveFacts): void;
}

const OUTCOMES = ['written', 'removed', 'equal', 'parked', 'deferred'] as const;

export function moverMetrics({ registry }: Metrics): MoverMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const carried = new Counter({
    name: 'relay_aggregates_total',
    help: 'Aggregates that were carried to the other side, by what came of it',
    labelNames: ['move', 'from', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'relay_batch_duration_seconds',
    help: 'Seconds that a batch of the relay took',
    labelNames: ['move', 'from'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const pending = gauge('move_pending_changes', 'Changes on their way to the other side', [
    'move',
    'from',
  ]);
  const lag = gauge('move_lag_seconds', 'The age of the oldest change on its way', [
    'move',
    'from',
  ]);
  const parked = gauge('move_parked_aggregates', 'Aggregates that could not be carried over', [
    'move',
    'from',
  ]);
  const stage = gauge('move_stage', 'From 0, legacy, to 6, sealed', ['move']);
  const reads = gauge('move_read_percent', 'Reads that the new side answers', ['move']);
  const writes = gauge('move_write_percent', 'Writes that the new side owns', ['move']);
  return {
    onBatch: (move) => (from, count, took) => {
      for (const outcome of OUTCOMES) carried.inc({ move, from, outcome }, count[outcome]);
      seconds.observe({ move, from }, took);
    },
    show({ move, state, ...sides }) {
      stage.set({ move }, STAGES.indexOf(state.stage));
      reads.set({ move }, state.readPercent);
      writes.set({ move }, state.writePercent);
      for (const from of ['legacy', 'new'] as const) {
        pending.set({ move, from }, sides[from].pending + sides[from].backfillPending);
        lag.set({ move, from }, sides[from].lagMs / 1_000);
        parked.set({ move, from }, sides[from].parked);
      }
    },
  };
}
