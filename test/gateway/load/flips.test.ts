import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlDatabase } from '../../platform/moves/control-database.ts';
import { flipUnderLoad } from './flips.ts';
import { loggedErrors } from './processes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let control: string;
beforeAll(async () => {
  control = await createControlDatabase();
  stage = await openStage(control);
});
afterAll(() => stage.close());

test('a label that flips under load makes no answer fail, tears none apart, and is effective on both replicas within a second', async () => {
  const report = await flipUnderLoad(stage, control, {
    rounds: 2,
    flipsPerRound: 50,
    warmUp: 2_000,
    interval: 60,
    calm: 1_500,
    clients: 12,
    pause: 60,
  });
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(report.faults.slice(0, 5)).toEqual([]);
  expect(report.flips).toBe(100);
  expect(report.answers).toBeGreaterThan(200);
  expect(report.decisive).toBeGreaterThan(report.answers / 4);
  expect(Math.max(report.stale, ...report.effective.map(({ most }) => most))).toBeLessThan(1_000);
  expect(stage.gateways.flatMap((gateway) => loggedErrors(gateway))).toEqual([]);
}, 60_000);
