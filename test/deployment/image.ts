import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** One instruction of the Dockerfile: `COPY`, and the words after it. */
export interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** The instructions of the Dockerfile, in their order. */
export function instructions(): Instruction[] {
  return readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...words] = line.split(' ');
      return { name, words: words.join(' ') };
    });
}

/** The variables that every container of the image starts with. */
export function imageVariables(): Record<string, string> {
  const words = instructions()
    .filter(({ name }) => name === 'ENV')
    .flatMap((instruction) => instruction.words.split(' '));
  return Object.fromEntries(words.map((word) => word.split('=') as [string, string]));
}
