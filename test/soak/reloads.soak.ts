import { afterAll, beforeAll, expect, test } from 'vitest';
import { reloadUnderLoad } from '../gateway/load/reloads.ts';
import { openStage, type Stage } from '../gateway/load/stage.ts';
import { createControlDatabase, writeState } from '../platform/moves/control-database.ts';

let stage: Stage;
beforeAll(async () => {
  const control = await createControlDatabase();
  await writeState(control, 'order', { readPercent: 50, writePercent: 50 });
  stage = await openStage(control);
});
afterAll(() => stage.close());

test('100 reloads of the supergraph in 60 s of mixed load on two replicas', async () => {
  const { faults, ...report } = await reloadUnderLoad(stage, {
    reloads: 100,
    interval: 600,
    brokenEvery: 25,
    clients: 12,
    pause: 60,
  });
  console.log(JSON.stringify({ ...report, faults: faults.length }, null, 2));
  expect(faults.slice(0, 5)).toEqual([]);
  expect(report.refused).toBe(4);
  expect(Math.min(...report.takenUp)).toBeGreaterThan(50);
});
