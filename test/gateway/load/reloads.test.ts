import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlDatabase, writeState } from '../../platform/moves/control-database.ts';
import { reloadUnderLoad } from './reloads.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  const control = await createControlDatabase();
  await writeState(control, 'order', { readPercent: 50, writePercent: 50 });
  stage = await openStage(control);
});
afterAll(() => stage.close());

test('a supergraph that is replaced under load drops no request, and a broken one is refused while the one before goes on', async () => {
  const report = await reloadUnderLoad(stage, {
    reloads: 6,
    interval: 600,
    brokenEvery: 3,
    clients: 12,
    pause: 60,
  });
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(report.faults.slice(0, 5)).toEqual([]);
  expect(report.refused).toBe(2);
  expect(Math.min(...report.takenUp)).toBeGreaterThan(3);
  expect(report.answers).toBeGreaterThan(200);
}, 60_000);
