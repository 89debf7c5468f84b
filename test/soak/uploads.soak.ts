import { afterAll, beforeAll, expect, test } from 'vitest';
import { largeStreams } from '../resume-review/large-streams.ts';
import { startResumeProcess, type ResumeProcess } from '../resume-review/resume-process.ts';
import { uploadStorm } from '../resume-review/upload-storm.ts';

const MIB = 1_048_576;

let service: ResumeProcess;
beforeAll(async () => {
  service = await startResumeProcess({
    UPLOAD_MAX_BYTES: String(100 * MIB),
    UPLOAD_MAX_PENDING_BYTES: String(10_000 * MIB),
  });
});
afterAll(() => service.close());

test('1,000 uploads at once while the service is killed 10 times', async () => {
  const report = await uploadStorm(service, { uploads: 1_000, kills: 10, largest: 400_000 });
  console.log(JSON.stringify(report));
  expect(report).toMatchObject({ completed: 1_000, wrongFiles: [], lost: [], leftOver: [] });
});

test('10 files of 100 MB at once', async () => {
  const { outcomes, ...report } = await largeStreams(service, 10, 1_600);
  console.log(JSON.stringify({ ...report, grownBy: `${Math.round(report.grownBy / MIB)} MiB` }));
  expect(new Set(outcomes)).toEqual(new Set(['CompleteUploadSuccess']));
  expect(report.grownBy).toBeLessThan(300 * MIB);
});
