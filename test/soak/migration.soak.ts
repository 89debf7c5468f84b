import { beforeAll, describe, expect, test } from 'vitest';
import { BROKEN_ENGINES } from '../migration/torture/broken-engines.ts';
import { brokenEngines, tortureSettings } from '../migration/torture/config.ts';
import { copyEngine } from '../migration/torture/engine-copy.ts';
import { torture } from '../migration/torture/run-torture.ts';

const settings = tortureSettings();
/** Milliseconds of a run in which a broken engine must have been caught, and of the first look at it. */
const CAUGHT_WITHIN = 150_000;
const ROUND = 25_000;

describe.runIf(!brokenEngines.wanted)('the data move, as long as asked for', () => {
  test('loses and resurrects nothing', { timeout: settings.most + 600_000 }, async () => {
    const { faults, ...report } = await torture(settings, { say: console.log });
    console.log(JSON.stringify({ ...report, faults: faults.length }, null, 2));
    expect(faults.slice(0, 5)).toEqual([]);
    expect(report.writes.acknowledged).toBeGreaterThanOrEqual(settings.writes);
  });
});

describe.runIf(brokenEngines.wanted)('an engine that was broken on purpose is caught', () => {
  const { only } = brokenEngines;
  const engines = BROKEN_ENGINES.filter(({ name }) => only.length === 0 || only.includes(name));
  let root = '';
  let remove = async () => {};
  beforeAll(() => {
    if (engines.length === 0)
      throw new Error(
        `--only names none of the broken engines: ${BROKEN_ENGINES.map(({ name }) => name).join(', ')}`,
      );
  });

  test.each(engines)(
    '$name: $why',
    { timeout: CAUGHT_WITHIN + 300_000 },
    async ({ name, replacements }) => {
      ({ root, remove } = await copyEngine(replacements));
      try {
        const report = await torture(
          {
            ...settings,
            least: CAUGHT_WITHIN,
            most: CAUGHT_WITHIN,
            round: ROUND,
            faultEvery: 600,
            crashEvery: 15_000,
          },
          { root },
        );
        const [first = 'not caught'] = report.faults;
        console.log(
          `${name.padEnd(28)} after ${String(report.seconds).padStart(3)} s, ${report.flips.done} flips: ${first.slice(0, 160)}`,
        );
        expect(report.faults.length).toBeGreaterThan(0);
      } finally {
        await remove();
      }
    },
  );
});
