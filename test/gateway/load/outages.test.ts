import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { writeState } from '../../platform/moves/control-database.ts';
import { startControlServer, type ControlServer } from './control-server.ts';
import { OUTAGE_PERCENT, outagesUnderLoad } from './outages.ts';
import { loggedErrors } from './processes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let control: ControlServer;
beforeAll(async () => {
  control = await startControlServer();
  const [readPercent, writePercent] = [OUTAGE_PERCENT, OUTAGE_PERCENT];
  await writeState(control.url, 'order', { stage: 'cutover', readPercent, writePercent });
  stage = await openStage(control.url);
});
afterAll(async () => {
  await stage.close();
  await control.close();
});

test('whatever is killed under load, only its fields fail, with a code, and all is well when it is back', async () => {
  const report = await outagesUnderLoad(stage, control, {
    rounds: 1,
    down: 600,
    up: 700,
    clients: 12,
    pause: 60,
    sample: 2_000,
  });
  console.log(JSON.stringify({ ...report, memory: undefined, faults: report.faults.length }));
  expect(report.faults.slice(0, 5)).toEqual([]);
  expect(report.answers).toBeGreaterThan(200);
  expect(report.partial).toBeGreaterThan(20);
  expect(stage.gateways.flatMap((gateway) => loggedErrors(gateway))).toEqual([]);
}, 60_000);

test('a state that changes after the control database was away is taken up without a restart', async () => {
  await control.kill();
  const states = () =>
    Promise.all(
      stage.gateways.map(async ({ url }) => {
        const health = (await (await fetch(`${url}/health/ready`)).json()) as {
          moves: { knowledge: string; version: number };
        };
        return `${health.moves.knowledge} ${health.moves.version}`;
      }),
    );
  await vi.waitFor(async () => expect(await states()).toEqual(['unconfirmed 1', 'unconfirmed 1']), {
    timeout: 5_000,
  });
  await control.restart();
  await writeState(control.url, 'order', { readPercent: 10 });
  await vi.waitFor(async () => expect(await states()).toEqual(['confirmed 2', 'confirmed 2']), {
    timeout: 5_000,
  });
});
