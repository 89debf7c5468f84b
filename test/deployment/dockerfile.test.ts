import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imageVariables, instructions, ROOT } from './image.ts';

const all = instructions();
const last = (name: string) => all.findLast((instruction) => instruction.name === name)?.words;
/** What is copied from the repository, not from another stage. */
const copied = all
  .filter(({ name, words }) => name === 'COPY' && !words.startsWith('--from'))
  .flatMap(({ words }) => words.split(' ').slice(0, -1));

describe('the image', () => {
  test('copies what is there, and .dockerignore lets it through', () => {
    const ignore = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(copied.filter((source) => !ignore.includes(`!${source}`))).toEqual([]);
    expect(ignore).toContain('*');
  });

  test('holds every room, so that it can run any process', () => {
    const rooms = [
      'gateway',
      // #region monolith
      'migration',
      // #endregion monolith
      'platform',
      'schema',
      'subgraphs',
    ];
    expect(copied).toEqual(expect.arrayContaining(rooms));
  });

  test('runs the gateway, not as root', () => {
    expect(last('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const [program, entry] = JSON.parse(last('CMD') ?? '[]') as string[];
    expect(program).toBe('node');
    expect(existsSync(join(ROOT, entry ?? ''))).toBe(true);
  });

  test('listens on all addresses, and has the Node that the lock asks for', () => {
    expect(imageVariables()).toMatchObject({ HOST: '0.0.0.0', NODE_ENV: 'production' });
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: { node: string };
    };
    const [major = ''] = dependencies.node.split('.');
    const bases = all.filter(({ name }) => name === 'FROM').map(({ words }) => words);
    expect(bases.every((base) => base.startsWith(`node:${major}-`))).toBe(true);
  });
});
