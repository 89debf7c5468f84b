import { parseArgs } from 'node:util';
import { writeArtefacts } from '#schema/artefacts.ts';
import { checkSchema } from '#schema/check/check-schema.ts';
import { readBase } from '#schema/check/read-base.ts';
import {
  FILE_OPTIONS,
  FILE_OPTIONS_USAGE,
  readInputs,
  RECORDED_OPTIONS,
  RECORDED_OPTIONS_USAGE,
} from '#schema/check/read-inputs.ts';
import { OptionError } from '#schema/option-error.ts';
import { formatNamed } from '#schema/report/formats.ts';

export const summary =
  'compose, compare with a base, judge changes by use, lint, and check operations and moves';
export const usage = `check [--base REF|FILE|URL] [--only-new] [--format text|json|markdown|github|junit] [--write FORMAT=FILE]… [--one-composer] ${RECORDED_OPTIONS_USAGE} ${FILE_OPTIONS_USAGE}`;
const options = {
  ...FILE_OPTIONS,
  ...RECORDED_OPTIONS,
  base: { type: 'string' },
  'only-new': { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
  write: { type: 'string', multiple: true, default: [] as string[] },
  'one-composer': { type: 'boolean', default: false },
} as const;

/** Checks the schema and prints a report. @returns 0 when it passes, 1 when it does not */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const print = formatNamed(values.format);
  const files = values.write.map(writtenFile);
  const inputs = await readInputs(values);
  const { operations } = inputs.policy.usage;
  const base =
    values.base === undefined ? null : await readBase(values.base, { ...values, operations });
  const report = await checkSchema({
    ...inputs,
    base,
    now: new Date(),
    withSecondOpinion: !values['one-composer'],
    onlyNew: values['only-new'],
  });
  await writeArtefacts(files.map(({ format, file }) => ({ file, text: `${format(report)}\n` })));
  console.log(print(report));
  return report.passed ? 0 : 1;
}

/** @throws OptionError where it is not FORMAT=FILE */
function writtenFile(text: string) {
  const [, format, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!format || !file) {
    throw new OptionError(`--write ${text}: write FORMAT=FILE, such as json=report.json.`);
  }
  return { format: formatNamed(format), file };
}
