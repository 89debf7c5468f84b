import { expect, test } from 'vitest';
import { tortureSettings } from './config.ts';
import { torture } from './run-torture.ts';

const settings = tortureSettings();

test(
  'what is acknowledged is there once, on both sides, whoever is killed, stopped, cut off or flipped',
  { timeout: settings.most + 300_000 },
  async () => {
    const { faults, ...report } = await torture(settings, { say: console.log });
    console.log(JSON.stringify(report));
    expect(faults.slice(0, 5)).toEqual([]);
    expect(report.writes.acknowledged).toBeGreaterThanOrEqual(settings.writes);
    expect(report.kills).toBeGreaterThanOrEqual(settings.kills);
    expect(report.flips.done).toBeGreaterThanOrEqual(settings.flips);
    expect(report.harm.crashes).toBeGreaterThanOrEqual(settings.crashes);
  },
);
