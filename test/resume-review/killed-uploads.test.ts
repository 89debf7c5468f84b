import { afterAll, beforeAll, expect, test } from 'vitest';
import { largeStreams } from './large-streams.ts';
import { startResumeProcess, type ResumeProcess } from './resume-process.ts';
import { uploadStorm } from './upload-storm.ts';

const MIB = 1_048_576;

let service: ResumeProcess;
beforeAll(async () => {
  service = await startResumeProcess({
    UPLOAD_MAX_BYTES: String(100 * MIB),
    UPLOAD_MAX_PENDING_BYTES: String(2_000 * MIB),
  });
});
afterAll(() => service?.close());

test('of 200 uploads at once each becomes a resume with its own bytes, however often the service is killed', async () => {
  const storm = { uploads: 200, kills: 2, largest: 200_000 };
  const { seconds: _seconds, ...report } = await uploadStorm(service, storm);
  expect(report).toEqual({ completed: 200, kills: 2, wrongFiles: [], lost: [], leftOver: [] });
}, 120_000);

test('files of 100 MB pass through without being held in memory, and others are answered meanwhile', async () => {
  const { outcomes, grownBy, longestWait } = await largeStreams(service, 2, 1_600);
  expect(outcomes).toEqual(['CompleteUploadSuccess', 'CompleteUploadSuccess']);
  expect(grownBy).toBeLessThan(120 * MIB);
  expect(longestWait).toBeLessThan(2_000);
}, 120_000);
