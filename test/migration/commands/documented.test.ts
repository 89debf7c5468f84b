import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCall } from '../../../migration/commands/command.ts';
import { COMMANDS } from '../../../migration/commands/run.ts';

/** Every `npm run move -- …` of the pages, up to the end of the code or of the command. */
const written = ['README.md', ...globSync('docs/*.md')].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/npm run move -- ([^`"\n#|;&]+)/g)].map(
    ([, words = '']) => [page, words.trim()] as const,
  ),
);

test.each(written)('%s: npm run move -- %s can be called so', (_, text) => {
  const [name = '', ...rest] = text.replaceAll(/<move>|\$move/g, 'order').split(/\s+/);
  if (name === '--help') return;
  const command = COMMANDS.find((known) => known.name === name);
  expect(command).toBeDefined();
  // What stands in quotes is one word to a shell.
  const words = rest
    .join(' ')
    .replaceAll(/'[^']*'/g, 'words')
    .split(' ')
    .filter(Boolean);
  if (command) expect(() => parseCall(command, words)).not.toThrow();
});
