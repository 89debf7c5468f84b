import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text of the engine, and what stands in its place in an engine that is broken on purpose. */
export interface Replacement {
  /** From the root of the repository. */
  readonly file: string;
  /** Must be there. */
  readonly text: string;
  readonly by: string;
}

const ROOT = join(import.meta.dirname, '../../..');
const COPIED = [
  'migration',
  'platform',
  'schema',
  'subgraphs',
  'test/migration/torture',
  'test/setup/basic-environment.ts',
  'package.json',
];

/** Copies the source tree and changes some of it. @returns its root, and what removes it */
export async function copyEngine(
  replacements: readonly Replacement[],
): Promise<{ root: string; readonly remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'broken-engine-'));
  for (const path of COPIED) await cp(join(ROOT, path), join(root, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const { file, text, by } of replacements) {
    const path = join(root, file);
    const source = await readFile(path, 'utf8');
    if (!source.includes(text)) {
      throw new Error(
        `${file} has changed: "${text}" is not there any more. Mend test/migration/torture/broken-engines.ts.`,
      );
    }
    await writeFile(
      path,
      source.replace(text, () => by),
    );
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
