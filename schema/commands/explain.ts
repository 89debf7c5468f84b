import { parseArgs } from 'node:util';
import { explanations } from '#schema/explanations.ts';

export const summary = 'what a rule is about, and what to do; without a code, all rules';
export const usage = 'explain [CODE]';

/** Prints what a rule is about. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  const [code] = positionals;
  const all = explanations();
  if (code === undefined) {
    for (const { code, part, severity } of all) {
      console.log(`${part.padEnd(12)} ${severity.padEnd(16)} ${code}`);
    }
    return 0;
  }
  const found = all.find((one) => one.code.toLowerCase() === code.toLowerCase());
  if (!found) {
    const near = all.filter((one) => one.code.toLowerCase().includes(code.toLowerCase()));
    const hint = near.length > 0 ? ` Is it ${near.map((one) => one.code).join(', ')}?` : '';
    console.error(
      `There is no rule "${code}".${hint} \`npm run schema -- explain\` lists them all.`,
    );
    return 2;
  }
  console.log(`${found.code}: ${found.part}, ${found.severity}\n\n${found.reason}`);
  if (found.mend !== undefined) console.log(`→ ${found.mend}`);
  return 0;
}
