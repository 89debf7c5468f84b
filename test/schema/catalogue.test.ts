import { ERRORS } from '@apollo/federation-internals';
import { describe, expect, test } from 'vitest';
import {
  compositionVerdicts,
  gravest,
  inspected,
  inspectedSubgraphs,
  moveVerdicts,
  planningVerdicts,
  readCases,
  readReasons,
  verdictsOf,
  type MoveCase,
  type Sdls,
} from './catalogue.ts';

const CLIENT_SCHEMA = ['types', 'fields', 'inputs', 'directives'] as const;
const changes = CLIENT_SCHEMA.flatMap((file) => readCases<string>(file));
const compositions = readCases<Sdls>('composition');
const moves = readCases<Sdls>('moves') as MoveCase[];
const ofSubgraphs = [...compositions, ...moves];
const all = [...changes, ...ofSubgraphs];

test('the catalogue has at least 120 changes, each with a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(new Set(all.map(({ change }) => change)).size).toBe(all.length);
});

describe('a change of the schema that clients see', () => {
  test.each(changes)('$change', (one) => {
    expect(verdictsOf(one).toSorted()).toEqual(one.verdicts.toSorted());
  });
});

describe('a change of subgraphs after which they do not compose', () => {
  test.each(compositions)('$change', async ({ base, head, verdicts }) => {
    expect(await compositionVerdicts(base)).toEqual([]);
    expect((await compositionVerdicts({ ...base, ...head })).toSorted()).toEqual(
      verdicts.toSorted(),
    );
  });
});

test('every code of an error of Federation has a change, or a reason why none has it', () => {
  const codes = Object.values(ERRORS).map(({ code }) => code);
  const found = compositions.flatMap(({ verdicts }) =>
    verdicts.map((verdict) => verdict.split(' ')[1]),
  );
  const reasons = readReasons('not-reachable');
  expect(codes.filter((code) => !found.includes(code)).sort()).toEqual(Object.keys(reasons).sort());
});

describe('a change that breaks a rule of moves', () => {
  test.each(moves)('$change', ({ base, head, verdicts }) => {
    expect(moveVerdicts(base)).toEqual([]);
    expect(moveVerdicts({ ...base, ...head }).toSorted()).toEqual(verdicts.toSorted());
  });

  test.each(moves.filter(({ operations }) => operations))(
    '$change, seen by planning',
    ({ base, head, operations = [], planning }) => {
      expect(
        planningVerdicts(base, operations).filter((verdict) => verdict.startsWith('error')),
      ).toEqual([]);
      expect(planningVerdicts({ ...base, ...head }, operations)).toEqual(planning);
    },
  );
});

describe('the inspector alone', () => {
  test.each(changes)('says as listed: $change', async ({ base, head, inspector }) => {
    expect((await inspected(base, head)).toSorted()).toEqual(inspector.toSorted());
  });

  test.each(ofSubgraphs)('says as listed: $change', async (one) => {
    expect((await inspectedSubgraphs(one)).toSorted()).toEqual(one.inspector.toSorted());
  });

  test('differs from us only where it is explained, and there always', () => {
    const differing = all.filter(
      ({ verdicts, inspector }) => gravest(verdicts) !== gravest(inspector),
    );
    const explained = all.filter(({ differs }) => differs !== undefined);
    expect(differing.map(({ change }) => change)).toEqual(explained.map(({ change }) => change));
  });
});
