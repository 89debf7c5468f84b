import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MOVES } from '#platform/moves/moves.ts';
import { createControlDatabase, writeState } from '../../platform/moves/control-database.ts';
import type { Checkout } from './checkout.ts';

const PAGE = join(import.meta.dirname, '../../../docs/migration.md');

/** What the page tells a person to do in a checkout, by what it is for. */
export interface DocumentedRemoval {
  readonly keepDemoData: string;
  readonly look: string;
  readonly remove: string;
  readonly compose: string;
}

/** Reads the commands of docs/migration.md: its blocks `bash`, which the guide of one move leaves out. */
export async function documentedRemoval(): Promise<DocumentedRemoval> {
  const page = await readFile(PAGE, 'utf8');
  const blocks = [...page.matchAll(/^ *```bash\n(.*?)^ *```$/gms)].map(([, text = '']) => text);
  const [keepDemoData, look, remove, compose, ...more] = blocks;
  if (!keepDemoData || !look || !remove || !compose || more.length > 0)
    throw new Error(`${PAGE} has ${blocks.length} commands of the removal, not 4`);
  return { keepDemoData, look, remove, compose };
}

/** Runs what the page says, as a person at a terminal. @throws where a line of it fails @returns what it has printed */
export function follow(
  checkout: Checkout,
  commands: string,
  variables: Record<string, string> = {},
): Promise<string> {
  return checkout.done(['sh', '-ec', commands], variables);
}

/** The database of an installation whose moves are all sealed. @returns the variable that names it */
export async function allSealed(): Promise<Record<string, string>> {
  const control = await createControlDatabase();
  for (const { name } of MOVES)
    await writeState(control, name, { stage: 'sealed', readPercent: 100, writePercent: 100 });
  return { CONTROL_DATABASE_URL: control };
}
