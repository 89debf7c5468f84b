import { readFileSync, globSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/**
 * The rooms, longest path first, and the arrows between them: what a file of a room may import. A file may
 * always import from its own room. Tests may import everything.
 */
const DOMAINS = readdirSync(join(ROOT, 'subgraphs')).filter((name) => name !== 'legacy');
const TABLES = [
  ...DOMAINS.map((domain) => `subgraphs/${domain}/tables.ts`),
  'subgraphs/legacy/monolith/tables.ts',
];
const ARROWS: Record<string, readonly string[]> = {
  'subgraphs/legacy/monolith': ['platform'],
  'subgraphs/legacy': ['platform'],
  ...Object.fromEntries(DOMAINS.map((domain) => [`subgraphs/${domain}`, ['platform']])),
  platform: [],
  schema: ['platform'],
  gateway: ['platform', 'schema'],
  migration: ['platform', 'schema', ...TABLES],
};
const TOP_LEVEL = ['gateway', 'migration', 'platform', 'schema', 'subgraphs', 'test'];

const ROOMS = Object.keys(ARROWS).sort((a, b) => b.length - a.length);
const roomOf = (file: string) => ROOMS.find((room) => file.startsWith(`${room}/`));

const files = globSync('{gateway,migration,platform,schema,subgraphs}/**/*.ts', {
  cwd: ROOT,
}).sort();
const source = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;

/** The files of ours that a file imports, from the root of the repository. */
function importsOf(file: string): string[] {
  return [...source(file).matchAll(IMPORT)].flatMap(([, , target = '']) => {
    if (target.startsWith('.')) return [relative(ROOT, join(ROOT, dirname(file), target))];
    return target.startsWith('#') ? [target.slice(1)] : [];
  });
}

describe('the architecture', () => {
  test('every file stands in a room', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });

  test('files import along the arrows only', () => {
    const faults = files.flatMap((file) => {
      const room = roomOf(file) ?? '';
      const allowed = ARROWS[room] ?? [];
      return importsOf(file)
        .filter((target) => roomOf(target) !== room)
        .filter((target) => !allowed.includes(target) && !allowed.includes(roomOf(target) ?? ''))
        .map((target) => `${file} -> ${target}`);
    });
    expect(faults).toEqual([]);
  });

  test('the environment is read in config.ts only', () => {
    const readers = files.filter((file) => /\bprocess\.env\b/.test(source(file)));
    expect(readers.filter((file) => !file.endsWith('/config.ts'))).toEqual([]);
  });

  test('SQL stands in no resolver, and GraphQL in no service or repository', () => {
    const domainFiles = files.filter((file) =>
      DOMAINS.some((domain) => file.startsWith(`subgraphs/${domain}/`)),
    );
    const imports = (file: string, name: string) =>
      new RegExp(`from '${name}[/']`).test(source(file));
    const resolvers = domainFiles.filter((file) => /resolvers/.test(file));
    const services = domainFiles.filter((file) => /(service|repository)/.test(file));
    expect(resolvers.filter((file) => imports(file, 'drizzle-orm') || imports(file, 'pg'))).toEqual(
      [],
    );
    expect(services.filter((file) => imports(file, 'graphql') || imports(file, '@apollo'))).toEqual(
      [],
    );
  });

  test('the top level holds the rooms and the files of a repository, nothing else', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name);
    expect(folders.filter((name) => !TOP_LEVEL.includes(name)).sort()).toEqual(
      ['docs', 'node_modules'].filter((name) => folders.includes(name)),
    );
  });

  test('no file is a drawer for everything', () => {
    expect(
      files.filter((file) => /(^|\/)(utils?|helpers?|manager|common|misc)(\/|\.ts$)/.test(file)),
    ).toEqual([]);
    expect(files.filter((file) => file.endsWith('/index.ts'))).toEqual([]);
  });
});
