import { readdir, readFile } from 'node:fs/promises';
import { composeServices } from '@apollo/composition';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
// #region monolith
import { MOVES } from '#platform/moves/moves.ts';
// #endregion monolith
import { checkSchema } from '#schema/check/check-schema.ts';
import { readBase } from '#schema/check/read-base.ts';
import { readInputs } from '#schema/check/read-inputs.ts';
import type { Report } from '#schema/check/report.ts';
import { compose, servicesOf } from '#schema/compose/compose.ts';
import { readContracts } from '#schema/compose/contracts.ts';
import { createStatePlanner } from '#schema/moves/operation-plans.ts';
import { CLIENTS } from '../clients/front-end/front-end.ts';
import { buildSupergraph } from '../../gateway/planning/planned-supergraph.ts';

const FILES = {
  config: 'schema/supergraph.yaml',
  contracts: 'schema/contracts.yaml',
  policy: 'schema/policy.yaml',
  traffic: [],
  manifest: [],
  sealed: ['auth'],
};
const inputs = await readInputs(FILES);

describe('the graph of this repository', () => {
  let report: Report;
  beforeAll(async () => {
    const base = await readBase('schema/supergraph.yaml', { ...FILES, operations: null });
    report = await checkSchema({
      ...inputs,
      base,
      now: new Date(),
      withSecondOpinion: true,
      onlyNew: false,
    });
  });

  test('passes its check, and differs in nothing from itself', () => {
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.changes).toEqual([]);
    expect(report.passed).toBe(true);
  });

  test.each(['store', 'admin'])('a gateway can serve its contract %s', async (name) => {
    const sdl = await readFile(`schema/contracts/${name}/supergraph.graphql`, 'utf8');
    const served = buildSchema(buildSupergraph(sdl).parts.apiSdl);
    const api = buildSchema(await readFile(`schema/contracts/${name}/api.graphql`, 'utf8'));
    expect(printSchema(lexicographicSortSchema(served))).toBe(
      printSchema(lexicographicSortSchema(api)),
    );
  });

  test('its front ends go by one name: in what they send, in their folder and in their contract', async () => {
    const contracts = await readContracts(FILES.contracts);
    const served = contracts.flatMap(({ clients }) => clients).sort();
    expect(served).toEqual([...CLIENTS]);
    expect((await readdir('schema/operations')).sort()).toEqual(served);
  });

  // #region monolith
  test('every move has its label, and fields that move with it', () => {
    const labels = report.moves?.labels ?? [];
    expect(labels.map(({ name }) => name)).toEqual(
      MOVES.map(({ name }): string => name).sort((a, b) => (a < b ? -1 : 1)),
    );
    for (const { fields } of labels) expect(fields.length).toBeGreaterThan(5);
  });

  test('every operation is planned in every state of the labels that it depends on', () => {
    const operations = report.moves?.operations ?? [];
    expect(operations).toHaveLength(inputs.usage.length);
    for (const { states, labels } of operations) {
      expect(states).toHaveLength(2 ** labels.length);
      for (const { fetches, roundTrips } of states) {
        expect(roundTrips).toBeGreaterThan(0);
        expect(fetches).toBeGreaterThanOrEqual(roundTrips);
      }
    }
    const login = operations.find(({ name }) => name === 'Login');
    expect(login?.labels).toEqual(['auth']);
  });
  // #endregion monolith

  test('where a move makes an operation wait for more requests, it is said', () => {
    const slower = report.findings.filter(({ rule }) => rule === 'more-round-trips');
    const states = report.moves?.operations ?? [];
    const expected = states.filter(({ states: [off, ...on] }) =>
      on.some((state) => state.roundTrips > (off?.roundTrips ?? 0)),
    );
    expect(new Set(slower.map(({ path }) => path))).toEqual(
      new Set(expected.map(({ name }) => name)),
    );
    expect(slower.every(({ at }) => at?.file.startsWith('schema/operations/'))).toBe(true);
  });

  // #region monolith
  test('the overrides of a sealed move can be removed', () => {
    const labels = report.moves?.labels ?? [];
    const auth = labels.find(({ name }) => name === 'auth');
    const others = labels.filter(({ name }) => name !== 'auth');
    expect(auth?.removable).toEqual(auth?.fields);
    expect(others.flatMap(({ removable }) => removable)).toEqual([]);
    expect(report.findings.find(({ rule }) => rule === 'override-removable')?.path).toBe('auth');
  });
  // #endregion monolith
});

test('the plans are the same on the supergraphs of both composers, in every state', () => {
  const theirs = composeServices(servicesOf(inputs.subgraphs));
  const planners = [compose(inputs.subgraphs).supergraph, theirs.supergraphSdl ?? ''].map((sdl) =>
    createStatePlanner(sdl),
  );
  for (const { name, document } of inputs.usage) {
    if (!document) continue;
    const [ours = [], other = []] = planners.map((planner) =>
      planner
        .plan(document)
        .leaves.map(({ read, digest }) => `${JSON.stringify([...read])} ${digest}`)
        .sort(),
    );
    expect([name, ours]).toEqual([name, other]);
  }
});
