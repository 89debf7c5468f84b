import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { repeatJob } from '#platform/repeat-job.ts';

const log = createLog('test', 'silent');

test('a job goes on after a run that failed, and the end waits for the run under way', async () => {
  const { promise: thrice, resolve: isThrice } = Promise.withResolvers<void>();
  let [begun, done] = [0, 0];
  const job = repeatJob(log, 'the job', 1, async () => {
    begun += 1;
    await wait(5);
    done += 1;
    if (begun === 3) isThrice();
    if (begun === 1) throw new Error('no database');
  });
  await thrice;
  await job.stop();
  expect(done).toBe(begun);
  await wait(20);
  expect(done).toBe(begun);
});

test('two runs never overlap, however long one takes', async () => {
  const { promise: twice, resolve: isTwice } = Promise.withResolvers<void>();
  let [running, most, runs] = [0, 0, 0];
  const job = repeatJob(log, 'the job', 1, async () => {
    running += 1;
    most = Math.max(most, running);
    await wait(10);
    running -= 1;
    runs += 1;
    if (runs === 2) isTwice();
  });
  await twice;
  await job.stop();
  expect(most).toBe(1);
});

test('a job that is stopped before its first run never runs', async () => {
  let runs = 0;
  const job = repeatJob(log, 'the job', 5, async () => {
    runs += 1;
  });
  await job.stop();
  await wait(20);
  expect(runs).toBe(0);
});
