import { afterAll, beforeAll, expect, test } from 'vitest';
import { flipUnderLoad } from '../gateway/load/flips.ts';
import { openStage, type Stage } from '../gateway/load/stage.ts';
import { createControlDatabase } from '../platform/moves/control-database.ts';

let stage: Stage;
let control: string;
beforeAll(async () => {
  control = await createControlDatabase();
  stage = await openStage(control);
});
afterAll(() => stage.close());

test('1,000 flips of a label in 60 s of mixed load on two replicas', async () => {
  const { faults, ...report } = await flipUnderLoad(stage, control, {
    // In short turns, so that whatever else the machine does falls on both alike.
    rounds: 20,
    flipsPerRound: 50,
    warmUp: 10_000,
    interval: 60,
    calm: 3_000,
    clients: 12,
    pause: 60,
  });
  console.log(JSON.stringify({ ...report, faults: faults.length }, null, 2));
  expect(faults.slice(0, 5)).toEqual([]);
  expect(report.flips).toBe(1_000);
  expect(Math.max(report.stale, ...report.effective.map(({ most }) => most))).toBeLessThan(1_000);
  expect(report.flipping.p99OfRounds).toBeLessThan(report.calm.p99OfRounds * 1.5);
});
