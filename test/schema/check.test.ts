import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { BaseSchemas } from '#schema/check/base.ts';
import { checkSchema, type CheckInput } from '#schema/check/check-schema.ts';
import { servedSchemas } from '#schema/check/operation-findings.ts';
import { DEFAULT_POLICY, policyOf, type Policy } from '#schema/rules/policy.ts';
import { composeGraph } from '#schema/compose/compose-graph.ts';
import type { Contract } from '#schema/compose/contracts.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';
import { subgraphsOf, type Sdls } from './catalogue.ts';

const CONTRACTS: readonly Contract[] = [
  { name: 'store', exclude: ['admin'], include: [], clients: ['store'] },
];
const BASE: Sdls = {
  product:
    'type Query { "A." product("Which." id: ID!): Product } "A." type Product @key(fields: "id") { "A." id: ID! "A." name: String "A." cost: Int @tag(name: "admin") }',
  stock: '"A." type Product @key(fields: "id") { "A." id: ID! "A." stock: Int }',
};
const NOW = new Date('2026-11-22T12:00:00Z');

async function base(sdls = BASE): Promise<BaseSchemas> {
  const subgraphs = subgraphsOf(sdls);
  const { graph } = await composeGraph(subgraphs, CONTRACTS, false);
  if (!graph) throw new Error('the base does not compose');
  const { supergraph } = graph.composition;
  return { name: 'main', ...servedSchemas(graph), subgraphs, supergraph, operations: [] };
}

const used = (name: string, client: string, text: string, count?: number): UsedOperation => ({
  name,
  client,
  source: `${client}.graphql`,
  document: parse(text),
  fields: [],
  ...(count === undefined ? {} : { count, lastSeen: NOW }),
});
const PAGE = used('Page', 'store', 'query Page { product(id: 1) { id name } }');
const STOCK = used('Stock', 'admin', 'query Stock { product(id: 1) { stock cost } }');

async function check(head: Sdls, rest: Partial<CheckInput> = {}) {
  return checkSchema({
    subgraphs: subgraphsOf({ ...BASE, ...head }),
    contracts: CONTRACTS,
    base: await base(),
    usage: [PAGE, STOCK],
    unknownRequests: 0,
    policy: DEFAULT_POLICY,
    now: NOW,
    moves: null,
    withSecondOpinion: false,
    onlyNew: false,
    ...rest,
  });
}

const policy = (edit: Partial<Policy>): Policy => ({ ...DEFAULT_POLICY, ...edit });
const NO_STOCK = { stock: '"A." type Product @key(fields: "id") { "A." id: ID! "A." left: Int }' };
const NO_NAME = {
  product:
    'type Query { "A." product("Which." id: ID!): Product } "A." type Product @key(fields: "id") { "A." id: ID! "A." cost: Int @tag(name: "admin") }',
};

describe('a field that is removed', () => {
  test('fails the check where it is in use, with the operation, its client and the place', async () => {
    const report = await check(NO_STOCK);
    expect(report.passed).toBe(false);
    expect(report.findings.find(({ rule }) => rule === 'field-removed')).toMatchObject({
      severity: 'error',
      path: 'Product.stock',
      subgraph: 'stock',
      at: { file: 'stock.graphql', line: 2 },
      operations: [{ name: 'Stock', client: 'admin' }],
    });
  });

  test('passes where nobody uses it', async () => {
    const report = await check(NO_STOCK, { usage: [PAGE] });
    expect(report.passed).toBe(true);
    const [finding] = report.findings;
    expect(finding).toMatchObject({ rule: 'field-removed', severity: 'info' });
    expect(finding?.message).toContain('No operation that is known uses it');
  });

  test('fails where no operation of anybody is known', async () => {
    expect((await check(NO_STOCK, { usage: [] })).passed).toBe(false);
  });

  test('fails where only the clients of the base use it: they are still out there', async () => {
    const before = { ...(await base()), operations: [STOCK] };
    expect((await check(NO_STOCK, { usage: [PAGE], base: before })).passed).toBe(false);
  });

  test('fails by recorded traffic alone, until it is rare, old, or of a client that does not count', async () => {
    const traffic = [PAGE, used('Stock', 'app', 'query Stock { product(id: 1) { stock } }', 12)];
    const passes = async (usage: Partial<Policy['usage']>) =>
      (
        await check(NO_STOCK, {
          usage: traffic,
          policy: policy({ usage: { ...DEFAULT_POLICY.usage, ...usage } }),
        })
      ).passed;
    expect(await passes({})).toBe(false);
    expect(await passes({ minimumCount: 13 })).toBe(true);
    expect(await passes({ ignoredClients: ['app'] })).toBe(true);
    const late = await check(NO_STOCK, { usage: traffic, now: new Date('2027-11-22T12:00:00Z') });
    expect(late.passed).toBe(true);
  });

  test('can be forbidden, or allowed, whoever uses it', async () => {
    const strict = { ...DEFAULT_POLICY.changes, breakingUnused: 'error' as const };
    expect(
      (await check(NO_STOCK, { usage: [PAGE], policy: policy({ changes: strict }) })).passed,
    ).toBe(false);
    const off = policy({ rules: { 'field-removed': 'warning', 'operation-invalid': 'off' } });
    expect((await check(NO_STOCK, { policy: off })).passed).toBe(true);
  });
});

test('requests of which nobody knows the operation are told wherever changes are judged by use', async () => {
  const { findings } = await check(NO_STOCK, { usage: [PAGE], unknownRequests: 3_400 });
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'usage-incomplete',
      severity: 'warning',
      message: expect.stringContaining('3,400 requests'),
    }),
  );
  const alone = await check({}, { base: null, unknownRequests: 3_400 });
  expect(alone.findings).toEqual([]);
});

describe('contracts', () => {
  test('a change that only a contract sees is judged by its clients', async () => {
    const hidden = {
      product: (BASE['product'] ?? '').replace('name: String', 'name: String @tag(name: "admin")'),
    };
    const report = await check(hidden);
    expect(report.findings.find(({ rule }) => rule === 'field-removed')).toMatchObject({
      severity: 'error',
      path: 'Product.name',
      operations: [{ name: 'Page', client: 'store' }],
    });
    expect(report.changes?.map(({ surfaces }) => surfaces)).toEqual([['store']]);
    const elsewhere = { ...PAGE, client: 'admin' };
    expect((await check(hidden, { usage: [elsewhere] })).passed).toBe(true);
  });

  test('a change of everybody is told once, with all who see it', async () => {
    const report = await check(NO_NAME);
    const removed = report.changes?.filter(({ code }) => code === 'field-removed');
    expect(removed?.map(({ surfaces }) => surfaces)).toEqual([['api', 'store']]);
  });

  test('an operation has to be valid in the contract of its client', async () => {
    const report = await check(
      {},
      { usage: [used('Cost', 'store', 'query Cost { product(id: 1) { cost } }')] },
    );
    expect(report.findings[0]).toMatchObject({ rule: 'operation-invalid', severity: 'error' });
    expect(report.findings[0]?.message).toContain('in the contract store');
  });

  test('one that is removed is an error', async () => {
    const report = await check({}, { contracts: [] });
    expect(report.findings[0]).toMatchObject({ rule: 'contract-removed', path: 'store' });
  });
});

describe('the policy', () => {
  const BAD_NAME = {
    stock:
      '"A." type Product @key(fields: "id") { "A." id: ID! "A." stock: Int "A." Left_over: Int }',
  };
  const ignore = (until: string) =>
    policy({
      ignores: [
        { rule: 'field-name-camel-case', path: 'Product.Left_over', until, because: 'old clients' },
      ],
    });

  test('accepts a finding until its day, and says so afterwards', async () => {
    const strict = await check(BAD_NAME);
    expect(strict.findings).toMatchObject([{ rule: 'field-name-camel-case', severity: 'error' }]);
    const accepted = await check(BAD_NAME, { policy: ignore('2026-11-22') });
    expect(accepted.passed).toBe(true);
    expect(accepted.ignored).toMatchObject([{ because: 'old clients', until: '2026-11-22' }]);
    const late = await check(BAD_NAME, { policy: ignore('2026-11-21') });
    expect(late.findings.map(({ rule }) => rule)).toEqual([
      'field-name-camel-case',
      'ignore-expired',
    ]);
  });

  test('an exception whose day is over does not hide one that holds', async () => {
    const both = [...ignore('2026-11-21').ignores, ...ignore('2026-11-30').ignores];
    const report = await check(BAD_NAME, { policy: policy({ ignores: both }) });
    expect(report.passed).toBe(true);
    expect(report.ignored).toMatchObject([{ until: '2026-11-30' }]);
    expect(report.findings).toEqual([]);
  });

  test('leaves out what was there before, when that is asked for', async () => {
    const before = await base({ ...BASE, ...BAD_NAME });
    expect((await check(BAD_NAME, { base: before, onlyNew: true })).findings).toEqual([]);
    expect((await check(BAD_NAME, { base: before })).findings).toHaveLength(1);
    expect((await check(BAD_NAME, { onlyNew: true })).findings).toHaveLength(1);
  });

  test('leaves out what the rules of moves found before', async () => {
    const moved = `"A." name: String @override(from: "product", label: "nowhere")`;
    const head = { stock: (BASE['stock'] ?? '').replace('"A." stock', `${moved} "A." stock`) };
    const found = async (rest: Partial<CheckInput>) => {
      const report = await check(head, { moves: { moves: [], sealed: [] }, ...rest });
      return report.findings.map(({ rule, path }) => `${rule} ${path}`);
    };
    const known = 'label-unknown Product.name';
    const before = await base({ ...BASE, ...head });
    expect(await found({ base: before })).toContain(known);
    expect(await found({ base: before, onlyNew: true })).not.toContain(known);
    expect(await found({ onlyNew: true })).toContain(known);
  });

  test('is refused with the place of what is wrong', () => {
    expect(() => policyOf('policy.yaml', 'rules: { type-unused: loud }')).toThrow(
      /policy.yaml: rules.type-unused/,
    );
    expect(() => policyOf('policy.yaml', 'rules: { type-unsed: off }')).toThrow(
      /policy.yaml: rules.type-unsed: there is no rule "type-unsed"/,
    );
    expect(() =>
      policyOf(
        'policy.yaml',
        'ignores: [{ rule: field-remved, path: b, until: 2026-12-31, because: c }]',
      ),
    ).toThrow(/policy.yaml: ignores.0.rule: there is no rule "field-remved"/);
    expect(
      policyOf('policy.yaml', 'rules: { type-unused: off, INCONSISTENT_ENTITY: off }'),
    ).toMatchObject({
      rules: { 'type-unused': 'off', INCONSISTENT_ENTITY: 'off' },
    });
    expect(() =>
      policyOf('policy.yaml', 'ignores: [{ rule: type-unused, path: b, until: soon, because: c }]'),
    ).toThrow(/ignores.0.until/);
    expect(() => policyOf('policy.yaml', 'rulez: {}')).toThrow(/rulez/);
    expect(() => policyOf('policy.yaml', 'a: [')).toThrow(/not YAML/);
  });
});

describe('an operation that the base refuses', () => {
  const GTIN = used('Gtin', 'store', 'query Gtin { product(id: 1) { gtin note { text } } }');
  const [product, stock] = [BASE['product'] ?? '', BASE['stock'] ?? ''];
  const WITH_GTIN = { product: product.replace('name: String', 'name: String "A." gtin: String') };
  const WITH_NOTE = {
    stock: `${stock.replace('stock: Int', 'stock: Int "A." note: Note')} "A." type Note { "A." at: Int }`,
  };
  const before = async (operations: readonly UsedOperation[]) => ({
    ...(await base()),
    operations,
  });

  test.each([
    ['the first subgraph that it needs', WITH_GTIN],
    ['the second, of which another part is missing still', WITH_NOTE],
    ['one that has nothing to do with it', {}],
  ])('is not held against %s, when that is asked for', async (_which, head) => {
    const known = { usage: [PAGE, GTIN], base: await before([PAGE, GTIN]) };
    expect((await check(head, known)).passed).toBe(false);
    const report = await check(head, { ...known, onlyNew: true });
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.passed).toBe(true);
  });

  test('is held against who brings it, and one that the base takes against who breaks it', async () => {
    const brought = { usage: [PAGE, GTIN], base: await before([PAGE]), onlyNew: true };
    expect((await check(WITH_GTIN, brought)).passed).toBe(false);
    const broken = { usage: [PAGE, GTIN], base: await before([PAGE, GTIN]), onlyNew: true };
    expect((await check(NO_NAME, broken)).findings).toContainEqual(
      expect.objectContaining({ rule: 'operation-invalid', path: 'Page' }),
    );
  });

  test('is not too deep all at once when the base has what it needs', async () => {
    const known = { usage: [PAGE, GTIN], base: await before([PAGE, GTIN]), onlyNew: true };
    const report = await check(
      {
        ...WITH_GTIN,
        stock: WITH_NOTE.stock.replace('at: Int', 'text: String'),
      },
      { ...known, policy: policy({ maximumDepth: 2 }) },
    );
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('subgraphs that do not compose', () => {
  const BAD = { stock: 'type Product @key(fields: "id") {\n id: ID!\n name: Int\n}' };

  test.each<[string, Partial<Policy>]>([
    ['severities', { rules: { FIELD_TYPE_MISMATCH: 'warning', INVALID_FIELD_SHARING: 'off' } }],
    [
      'exceptions',
      {
        ignores: ['FIELD_TYPE_MISMATCH', 'INVALID_FIELD_SHARING'].map((rule) => ({
          rule,
          path: '*',
          until: '2027-01-01',
          because: 'we hope',
        })),
      },
    ],
  ])('fail the check whatever the %s of the policy, and it says why', async (_what, edit) => {
    const report = await check(BAD, { policy: policy(edit), withSecondOpinion: true });
    expect(report.passed).toBe(false);
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule).sort()).toEqual([
      'FIELD_TYPE_MISMATCH',
      'INVALID_FIELD_SHARING',
    ]);
    for (const { rule, message } of errors) {
      expect(message).toContain(
        `(schema/policy.yaml cannot accept ${rule}: what does not compose cannot be served.)`,
      );
    }
  });
});

test('subgraphs that do not compose are told of with file and line, and nothing is compared', async () => {
  const report = await check(
    { stock: 'type Product @key(fields: "id") {\n id: ID!\n name: Int\n}' },
    { withSecondOpinion: true },
  );
  expect(report.passed).toBe(false);
  expect(report.changes).toBeNull();
  const errors = report.findings.filter(({ rule }) => /^[A-Z_]+$/.test(rule));
  expect(errors.map(({ rule }) => rule).sort()).toEqual([
    'FIELD_TYPE_MISMATCH',
    'INVALID_FIELD_SHARING',
  ]);
  for (const { at, mend } of errors) {
    expect(at?.file).toMatch(/^(product|stock)\.graphql$/);
    expect(mend).toBeTypeOf('string');
  }
});

test('where a move is why subgraphs do not compose, the rule of moves says so too', async () => {
  const sdls = {
    legacy: 'type Query { p: Product } type Product @key(fields: "id") { id: ID! weight: Int }',
    product:
      'type Product @key(fields: "id") { id: ID! weight: Int @override(from: "legacy", label: "product") }',
    order:
      'type Product @key(fields: "id") { id: ID! weight: Int @external postage: Int @requires(fields: "weight") }',
  };
  const report = await check(
    {},
    {
      subgraphs: subgraphsOf(sdls),
      base: null,
      usage: [],
      moves: { moves: [{ name: 'product', domain: 'product' }], sealed: [] },
    },
  );
  const rules = report.findings.map(({ rule }) => rule);
  expect(rules).toContain('SATISFIABILITY_ERROR');
  expect(rules).toContain('moved-field-required');
});

test('an operation that is not valid any more is told once, and not for each state of its labels', async () => {
  const sdls = {
    legacy: 'type Query { p: Product } type Product @key(fields: "id") { id: ID! weight: Int }',
    product:
      'type Product @key(fields: "id") { id: ID! weight: Int @override(from: "legacy", label: "product") }',
  };
  const usage = [
    used('Gone', 'store', '{ p { brand } }'),
    used('Weight', 'store', '{ p { weight } }'),
  ];
  const moves = { moves: [{ name: 'product', domain: 'product' }], sealed: [] };
  const report = await check({}, { subgraphs: subgraphsOf(sdls), base: null, usage, moves });
  const rules = report.findings.map(({ rule }) => rule);
  expect(rules.filter((rule) => rule.startsWith('operation-'))).toEqual(['operation-invalid']);
  expect(report.moves?.operations.map(({ name }) => name)).toEqual(['Weight']);
});
