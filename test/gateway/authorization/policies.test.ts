import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPolicies } from '../../../gateway/authorization/policies.ts';
import { callerWith } from './protected-graph.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policies-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Takes the policies of a module with this text. */
async function policies(name: string, text: string, limit?: number) {
  const path = join(directory, `${name}.mjs`);
  await writeFile(path, text);
  const reasons: unknown[] = [];
  const log = { error: ({ reason }: { reason?: unknown }) => reasons.push(reason) };
  const decide = await loadPolicies(path, log, limit);
  const caller = callerWith('staff');
  return { holding: async () => [...(await decide(['a', 'b'], caller))], reasons };
}

test.each([
  ['names', '(names) => names.slice(1)', ['b']],
  [
    'a promise of names',
    "async (names, caller) => (caller.scopes.has('staff') ? names : [])",
    ['a', 'b'],
  ],
  ['a set of names', "() => new Set(['a'])", ['a']],
  ['one name', "() => 'a'", ['a']],
  ['no names', '() => []', []],
])('a module may give %s', async (what, decision, expected) => {
  const { holding, reasons } = await policies(what, `export default ${decision};`);
  expect(await holding()).toEqual(expected);
  expect(reasons).toEqual([]);
});

test.each([
  ['throws', "() => { throw new Error('no database'); }", 'no database'],
  ['rejects', "async () => { throw new Error('no database'); }", 'no database'],
  ['gives something else', '() => true', 'what the module gives is no list of names'],
  ['gives nothing', '() => {}', 'what the module gives is no list of names'],
  ['takes too long', '() => new Promise(() => {})', 'no decision within 20 ms'],
])('no policy holds where the module %s, and the log says so', async (what, decision, reason) => {
  const { holding, reasons } = await policies(what, `export default ${decision};`, 20);
  expect(await holding()).toEqual([]);
  expect(reasons).toEqual([reason]);
});

test('a module that is not there, or decides nothing, is refused at the start', async () => {
  await expect(policies('none', 'export const decide = 1;')).rejects.toThrow(
    /none\.mjs decides no policies: its default export is no function/,
  );
  await expect(loadPolicies('/nowhere.mjs', { error: () => {} })).rejects.toMatchObject({
    code: 'POLICIES',
    message: expect.stringContaining('the policies of /nowhere.mjs cannot be loaded'),
  });
});
