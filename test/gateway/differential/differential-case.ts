import type { Fault } from './faults.ts';
import type { Operation } from './operation-generator.ts';

/** Everything that an execution depends on: equal cases give equal answers. */
export interface DifferentialCase {
  /** Of the graph. */
  readonly graph: number;
  /** Of all values in the subgraphs. */
  readonly world: number;
  /** The override labels that are on. */
  readonly labels: readonly string[];
  readonly operation: Operation;
  readonly faults: readonly Fault[];
}
