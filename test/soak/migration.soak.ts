import { beforeAll, describe, expect, test } from 'vitest';
import { BROKEN_ENGINES, LATE_ENGINE } from '../migration/torture/broken-engines.ts';
import { brokenEngines, tortureSettings } from '../migration/torture/config.ts';
import { copyEngine, type Replacement } from '../migration/torture/engine-copy.ts';
import { torture, type TortureReport } from '../migration/torture/run-torture.ts';

const settings = tortureSettings();
/** Milliseconds of a run in which a broken engine must have been caught. */
const CAUGHT_WITHIN = 150_000;
const LIMIT = { timeout: CAUGHT_WITHIN + 300_000 };
const HARD = {
  least: CAUGHT_WITHIN,
  most: CAUGHT_WITHIN,
  round: 25_000,
  faultEvery: 600,
  crashEvery: 15_000,
  long: 0.08,
};

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
  beforeAll(() => {
    if (engines.length === 0)
      throw new Error(
        `--only names none of the broken engines: ${BROKEN_ENGINES.map(({ name }) => name).join(', ')}`,
      );
  });

  test.runIf(only.length === 0)('one that is whole, and only late, is not', LIMIT, async () => {
    expect((await tortureOf(LATE_ENGINE)).faults).toEqual([]);
  });

  test.each(engines)('$name: $why', LIMIT, async ({ name, replacements }) => {
    const report = await tortureOf(replacements);
    const [first = 'not caught'] = report.faults;
    console.log(
      `${name.padEnd(28)} after ${String(report.seconds).padStart(3)} s, ${report.flips.done} flips: ${first.slice(0, 160)}`,
    );
    expect(report.faults.length).toBeGreaterThan(0);
  });
});

async function tortureOf(replacements: readonly Replacement[]): Promise<TortureReport> {
  const { root, remove } = await copyEngine(replacements);
  try {
    return await torture({ ...settings, ...HARD }, { root });
  } finally {
    await remove();
  }
}
