import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
}

async function steps(): Promise<readonly Step[]> {
  const text = await readFile('.github/workflows/schema.yml', 'utf8');
  return (parse(text) as { jobs: { check: { steps: Step[] } } }).jobs.check.steps;
}

/** A step without a condition of its own runs only when all before it have passed. */
const runsAfterFailures = ({ if: condition = '' }: Step) =>
  /always\(\)|!cancelled\(\)/.test(condition);

test('whatever is wrong with the schema, pull requests get annotations, the report, and a failed job', async () => {
  const all = await steps();
  const check = all.findIndex(({ id }) => id === 'check');
  expect(all[check]?.run).toContain('schema -- check');
  const before = all.slice(0, check).flatMap(({ run }) => run ?? []);
  expect(before).toEqual(['npm ci']);
  const after = all.slice(check + 1);
  expect(after.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['report', 'artefacts are fresh']),
  );
  expect(after.filter((step) => !runsAfterFailures(step))).toEqual([]);
  // A fault of the schema is never passed over: only the comment, which a fork may not write, is.
  const forgiven = all.filter((step) => 'continue-on-error' in step).map(({ name }) => name);
  expect(forgiven).toEqual(['report']);
});
