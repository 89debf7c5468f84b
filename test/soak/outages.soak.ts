import { afterAll, beforeAll, expect, test } from 'vitest';
import { startControlServer, type ControlServer } from '../gateway/load/control-server.ts';
import { OUTAGE_PERCENT, outagesUnderLoad, type MemorySample } from '../gateway/load/outages.ts';
import { loggedErrors } from '../gateway/load/processes.ts';
import { openStage, type Stage } from '../gateway/load/stage.ts';
import { writeState } from '../platform/moves/control-database.ts';

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

test('10 minutes in which every subgraph and the control database are killed in turn, and memory stays flat', async () => {
  const { faults, memory, ...report } = await outagesUnderLoad(stage, control, {
    rounds: 13,
    down: 3_000,
    up: 5_500,
    clients: 12,
    pause: 40,
    sample: 10_000,
  });
  console.log(JSON.stringify({ ...report, faults: faults.length }, null, 2));
  for (const replica of stage.gateways.keys()) {
    const own = memory.filter((sample) => sample.replica === replica);
    console.log(`gateway ${replica}, MB resident (of it heap in use), every 10 s:`);
    console.log(own.map(({ resident, heap }) => `${resident} (${heap})`).join(', '));
  }
  expect(faults.slice(0, 5)).toEqual([]);
  expect(stage.gateways.flatMap((gateway) => loggedErrors(gateway))).toEqual([]);
  for (const replica of stage.gateways.keys()) {
    const own = memory.filter((sample) => sample.replica === replica);
    // The first minutes fill caches and let the heap find its size.
    const early = own.slice(Math.floor(own.length * 0.3), Math.floor(own.length * 0.55));
    const late = own.slice(Math.floor(own.length * 0.75));
    expect(heapFloor(late)).toBeLessThan(heapFloor(early) * 1.15);
    expect(residentTop(late)).toBeLessThan(residentTop(early) * 1.1);
  }
});

/** What is left of the heap after collections. */
function heapFloor(samples: readonly MemorySample[]): number {
  return Math.min(...samples.map(({ heap }) => heap));
}

function residentTop(samples: readonly MemorySample[]): number {
  return Math.max(...samples.map(({ resident }) => resident));
}
