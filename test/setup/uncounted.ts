import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, inject } from 'vitest';

/**
 * For a file of tests that computes for minutes: under `--coverage` it would take twice as long. What it runs is not
 * counted.
 */
export function leaveUncounted(): void {
  if (!inject('isCounted')) return;
  const session = new Session();
  beforeAll(async () => {
    session.connect();
    await session.post('Profiler.enable');
    // Functions cost hardly anything, blocks do.
    await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
  });
  // What has been taken once nobody is given again.
  afterAll(async () => void (await session.post('Profiler.takePreciseCoverage')));
}
