import { Session } from 'node:inspector/promises';
import { inject } from 'vitest';

/** Kept: V8 would stop counting for everybody when it goes. */
export const session = new Session();

// Under `--coverage` a line counts when it has run. Vitest has V8 count how often: the same lines, a tenth slower.
if (inject('isCounted')) {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
}
