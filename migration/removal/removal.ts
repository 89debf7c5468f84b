import { glob, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenTests } from './broken-tests.ts';
import { monolithRegions, withoutRegions } from './regions.ts';

/** What there is only because of the monolith. Tests mirror the rooms, so theirs go too. */
export const ROOMS = [
  'subgraphs/legacy',
  'migration',
  'test/legacy',
  'test/monolith',
  'test/migration',
  'test/bench/labels',
  'test/end-to-end/guide',
  'test/end-to-end/the-end',
  'test/end-to-end/whole-way',
];
const FILES = [
  'docs/kubernetes/monolith.yaml',
  'docs/kubernetes/handover.yaml',
  'docs/kubernetes/migration.yaml',
  'docs/kubernetes/move-flags.yaml',
  'docs/migration.md',
  'test/bench/labels-bench.ts',
];
/** Where marks are looked for. */
const MARKED = [
  '{gateway,platform,schema,subgraphs,test,docs}/**/*.{ts,tsx,yaml,yml,sh}',
  '*.{ts,yml}',
  'Dockerfile',
  '.dockerignore',
];
const OVERRIDE = / @override\(from: "legacy"(?:, label: "[^"]*")?\)/g;

/** What the removal of the monolith does to the repository. Paths are from its root. */
export interface Removal {
  /** Folders and files that go. */
  readonly rooms: readonly string[];
  /** Tests outside of them that go, because they import what goes. */
  readonly tests: readonly string[];
  /** Files that stay and lose lines, or directives. */
  readonly changed: readonly ChangedFile[];
  /** Scripts of package.json that go. */
  readonly scripts: readonly string[];
}

export interface ChangedFile {
  readonly path: string;
  /** How many lines go, or directives. */
  readonly lines: number;
  readonly directives: number;
  readonly text: string;
}

/**
 * Finds what goes with the monolith: its rooms, the lines of others that are marked `#region monolith`, each
 * `@override` from it, the scripts of package.json that name a room, and the tests that import any of it.
 *
 * @param root the path of the repository
 * @throws RegionError where a mark has no other
 */
export async function planRemoval(root: string): Promise<Removal> {
  const rooms = await existing(root, [...ROOMS, ...FILES]);
  const goes = (path: string) => rooms.some((room) => path === room || path.startsWith(`${room}/`));
  const marked = await changedFiles(root, MARKED, goes, withoutMarked);
  const schemas = await changedFiles(root, ['subgraphs/*/schema.graphql'], goes, withoutOverrides);
  const lost = new Set(marked.filter(({ text }) => text.trim() === '').map(({ path }) => path));
  const stays = new Map(marked.map(({ path, text }) => [path, text]));
  const tests = new Map<string, string>();
  for (const path of await filesOf(root, ['test/**/*.ts'], goes)) {
    if (!lost.has(path)) tests.set(path, stays.get(path) ?? (await read(root, path)));
  }
  const broken = brokenTests(tests, (path) => goes(path) || lost.has(path));
  const gone = new Set([...broken, ...lost]);
  return {
    rooms,
    tests: [...gone].sort(),
    changed: [...marked, ...schemas].filter(({ path }) => !gone.has(path)),
    scripts: await lostScripts(root),
  };
}

/** Does it. What was planned before must not have changed since. */
export async function remove(root: string, removal: Removal): Promise<void> {
  for (const { path, text } of removal.changed) await writeFile(join(root, path), text);
  const file = join(root, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  for (const name of removal.scripts) delete manifest.scripts[name];
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const path of [...removal.tests, ...removal.rooms]) {
    await rm(join(root, path), { recursive: true });
  }
}

interface Manifest {
  readonly scripts: Record<string, string>;
}

async function lostScripts(root: string): Promise<string[]> {
  const { scripts } = JSON.parse(await read(root, 'package.json')) as Manifest;
  return Object.entries(scripts)
    .filter(([, line]) => ROOMS.some((room) => line.includes(`${room}/`)))
    .map(([name]) => name);
}

type Change = (path: string, text: string) => Omit<ChangedFile, 'path'>;

function withoutMarked(path: string, text: string) {
  const regions = monolithRegions(path, text);
  const lines = regions.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return { lines, directives: 0, text: withoutRegions(text, regions) };
}

function withoutOverrides(_path: string, text: string) {
  return {
    lines: 0,
    directives: text.match(OVERRIDE)?.length ?? 0,
    text: text.replaceAll(OVERRIDE, ''),
  };
}

async function changedFiles(
  root: string,
  patterns: readonly string[],
  goes: (path: string) => boolean,
  change: Change,
): Promise<ChangedFile[]> {
  const changed: ChangedFile[] = [];
  for (const path of await filesOf(root, patterns, goes)) {
    const after = { path, ...change(path, await read(root, path)) };
    if (after.lines + after.directives > 0) changed.push(after);
  }
  return changed;
}

async function filesOf(
  root: string,
  patterns: readonly string[],
  goes: (path: string) => boolean,
): Promise<string[]> {
  const found = await Array.fromAsync(
    glob(patterns as string[], { cwd: root, exclude: ['**/node_modules/**'] }),
  );
  return [...new Set(found)].filter((path) => !goes(path)).sort();
}

async function existing(root: string, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(join(root, path))
        .then(() => path)
        .catch(() => null),
    ),
  );
  return found.filter((path) => path !== null);
}

const read = (root: string, path: string) => readFile(join(root, path), 'utf8');
