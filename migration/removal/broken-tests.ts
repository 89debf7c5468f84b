import { dirname, join, normalize } from 'node:path';

/** A `from '…'`, `import('…')` or `new URL('…', import.meta.url)` of another file. */
const REFERENCE = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/**
 * The tests, and what they stand on, that import what goes, or import one that does: they were about the monolith, or
 * about both sides.
 *
 * @param files the text of all files below `test/` that stay, by path from the root of the repository
 * @param goes whether a path from the root goes
 */
export function brokenTests(
  files: ReadonlyMap<string, string>,
  goes: (path: string) => boolean,
): string[] {
  const broken = new Set<string>();
  const targets = new Map([...files].map(([file, text]) => [file, referencesOf(file, text)]));
  for (let before = -1; before < broken.size;) {
    before = broken.size;
    for (const [file, paths] of targets) {
      if (paths.some((path) => broken.has(path) || goes(path))) broken.add(file);
    }
  }
  return [...broken].sort();
}

function referencesOf(file: string, text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, , target = '']) =>
    normalize(join(dirname(file), target)),
  );
}
