import { join } from 'node:path';
import { readMoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { withControl } from '../move-database.ts';
import { requireClean } from '../removal/clean-checkout.ts';
import { planRemoval, remove, type Removal } from '../removal/removal.ts';
import { StageRefused } from '../stages/stage-refused.ts';
import { UsageError, type Call, type Command } from './command.ts';

const ROOT = join(import.meta.dirname, '../..');

export const removeMonolithCommand: Command = {
  name: 'remove-monolith',
  usage: '[--dry-run]',
  summary:
    'When every move is sealed: takes everything out of this checkout that was there for the monolith.',
  details: `
Changes files, no database: the folders of the monolith and of the mover go, each @override from legacy, the
lines of other files between the marks "#region monolith", the scripts of package.json for them, and the
tests that import any of it. This command goes too. What remains composes to the same schema for clients.
Everything must be committed before: git is the way back.

  --dry-run        says what goes, and does nothing`,
  options: { 'dry-run': { type: 'boolean' } },
  takesMove: 'if named',
  run: runRemoval,
};

async function runRemoval({ move, values, environment, say }: Call): Promise<void> {
  if (move) throw new UsageError('the monolith goes as a whole: name no move');
  const isDry = values['dry-run'] === true;
  await requireSealed(environment);
  if (!isDry) await requireClean(ROOT);
  const removal = await planRemoval(ROOT);
  if (!isDry) await remove(ROOT, removal);
  say(values.json ? JSON.stringify(summaryOf(removal, isDry), null, 2) : report(removal, isDry));
}

/** @throws StageRefused where a move is still served from the monolith, or could go back to it */
async function requireSealed(environment: Call['environment']): Promise<void> {
  const { moves } = await withControl(environment, ({ db }) => readMoveSnapshot(db));
  const open = MOVES.flatMap(({ name }) => {
    const stage = moves.get(name)?.stage ?? 'legacy';
    return stage === 'sealed' ? [] : [`${name} is at ${stage}`];
  });
  if (open.length === 0) return;
  throw new StageRefused(
    `the monolith is still needed: ${open.join(', ')}. Seal every move first: npm run move -- seal --help`,
  );
}

function summaryOf({ changed, ...removal }: Removal, isDry: boolean) {
  return {
    done: !isDry,
    ...removal,
    changed: changed.map(({ path, lines, directives }) => ({ path, lines, directives })),
  };
}

function report({ rooms, tests, changed, scripts }: Removal, isDry: boolean): string {
  const lines = [
    ...rooms.map((path) => `  ${path}`),
    ...changed.map(({ path, lines: count, directives }) =>
      directives > 0 ? `  ${path}: ${directives} @override` : `  ${path}: ${count} lines`,
    ),
    `  package.json: the scripts ${scripts.join(', ')}`,
    ...tests.map((path) => `  ${path}`),
  ];
  return `${isDry ? 'What would go' : 'Gone'}:\n${lines.join('\n')}${isDry ? '' : NEXT}`;
}

const NEXT = `

Now, in this order:
  npm run codegen && npm run schema -- compose && npm run schema -- manifest && npm run format
  npm run check && npm test
The README and the docs still tell of the monolith: that is for a person to change.`;
