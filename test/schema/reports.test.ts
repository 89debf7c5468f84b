import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Report } from '#schema/check/report.ts';
import type { Finding } from '#schema/finding.ts';
import { change } from '#schema/changes/change.ts';
import { FORMATS, formatNamed } from '#schema/report/formats.ts';

const BROKEN: Finding = {
  rule: 'field-removed',
  severity: 'error',
  message: 'The field `Product.sku` is removed.\n100% <gone> & "done"',
  mend: 'Keep it.',
  path: 'Product.sku',
  subgraph: 'product',
  at: { file: 'subgraphs/product/schema.graphql', line: 12, column: 3 },
  operations: [
    { name: 'ProductPage', client: 'store', count: 1234 },
    { name: 'AdminProduct', client: 'admin', source: 'admin.graphql' },
  ],
};
const REMARK: Finding = {
  rule: 'type-unused',
  severity: 'warning',
  message: 'Nothing leads to `A|B`.',
  path: 'A',
};

const report = (rest: Partial<Report> = {}): Report => ({
  base: 'main',
  passed: false,
  findings: [BROKEN, REMARK],
  ignored: [{ finding: { ...REMARK, path: 'C' }, because: 'soon gone', until: '2026-12-31' }],
  changes: [
    {
      ...change('field-removed', 'Product.sku', 'The field `Product.sku` is removed.'),
      surfaces: ['api', 'store'],
      operations: BROKEN.operations ?? [],
      severity: 'error',
    },
    {
      ...change(
        'field-added',
        'Product.gtin',
        'The field `Product.gtin` of type `String` is added.',
      ),
      surfaces: ['api'],
      operations: [],
      severity: 'off',
    },
  ],
  moves: {
    labels: [
      {
        name: 'auth',
        subgraph: 'auth',
        stage: 'soak',
        fields: ['Query.me'],
        removable: ['Query.me'],
      },
    ],
    operations: [
      {
        name: 'Me',
        client: 'store',
        labels: ['auth'],
        states: [{ on: [], fetches: 1, roundTrips: 1 }],
      },
    ],
    remaining: ['Query.legacy'],
  },
  counts: { errors: 1, warnings: 1, infos: 0, subgraphs: 2, operations: 42 },
  ...rest,
});
const empty = report({
  passed: true,
  findings: [],
  ignored: [],
  changes: [],
  moves: null,
  counts: { errors: 0, warnings: 0, infos: 0, subgraphs: 2, operations: 42 },
});

describe('a report', () => {
  test('as text names the change, the place, the operations and the mend', () => {
    const text = stripVTControlCharacters(FORMATS.text(report()));
    expect(text).toContain('Schema check against main: 2 subgraphs, 42 operations of clients');
    expect(text).toContain('Changes: 1 breaking (1 in use), 0 dangerous, 1 safe.');
    expect(text).toContain('✔ The field `Product.gtin` of type `String` is added.');
    expect(text).toContain('subgraphs/product/schema.graphql:12:3');
    expect(text).toContain('breaks ProductPage (store, 1,234 times), AdminProduct (admin)');
    expect(text).toContain('→ Keep it.');
    expect(text).toContain('1 @override can be removed');
    expect(text).toContain('✖ The schema does not pass: 1 error(s), 1 warning(s), 0 remark(s).');
  });

  test('as text shows all errors, and of warnings the first few of each rule', () => {
    const many = report({
      findings: [
        ...Array.from({ length: 9 }, () => BROKEN),
        ...Array.from({ length: 9 }, () => REMARK),
      ] as Finding[],
    });
    const text = stripVTControlCharacters(FORMATS.text(many));
    expect(text.match(/\[field-removed\]/g)).toHaveLength(9);
    expect(text.match(/\[type-unused\]/g)).toHaveLength(5);
    expect(text).toContain('… and 4 more of type-unused');
  });

  test('as JSON has a version, and everything', () => {
    expect(JSON.parse(FORMATS.json(report()))).toEqual({
      version: 1,
      ...JSON.parse(JSON.stringify(report())),
    });
  });

  test('as Markdown fits tables and a comment', () => {
    const text = FORMATS.markdown(report());
    expect(text).toContain('### ❌ The schema does not pass');
    expect(text).toContain(
      '| breaking | The field `Product.sku` is removed. | api, store | ProductPage (store, 1,234 times), AdminProduct (admin) |',
    );
    expect(text).toContain('until 2026-12-31: soon gone');
    const huge = report({
      findings: Array.from({ length: 5_000 }, () => ({ ...BROKEN, message: 'x'.repeat(100) })),
    });
    expect(FORMATS.markdown(huge).length).toBeLessThan(65_536);
  });

  test('as GitHub annotations stands on lines, with everything escaped', () => {
    const [first, second] = FORMATS.github(report()).split('\n');
    expect(first).toBe(
      '::error file=subgraphs/product/schema.graphql,line=12,col=3,title=field-removed::' +
        'The field `Product.sku` is removed.%0A100%25 <gone> & "done"%0AProductPage (store, 1,234 times), AdminProduct (admin)%0A→ Keep it.',
    );
    expect(second).toBe('::warning title=type-unused::Nothing leads to `A|B`.');
  });

  test('as JUnit is well-formed, and errors are failures', () => {
    const text = FORMATS.junit(report());
    expect(text).toContain('<testsuites tests="2" failures="1">');
    expect(text).toContain('file="subgraphs/product/schema.graphql" line="12"');
    expect(text).toContain('100% &lt;gone&gt; &amp; &quot;done&quot;');
    expect(text.match(/<testcase /g)).toHaveLength(2);
    expect(text.match(/<\/testcase>/g)).toHaveLength(2);
    expect(FORMATS.junit(empty)).toContain('<testcase classname="schema" name="no findings"/>');
  });

  test('of subgraphs that do not compose says that nothing was compared', () => {
    const uncompared = report({ changes: null, moves: null });
    for (const format of [FORMATS.text, FORMATS.markdown]) {
      const text = stripVTControlCharacters(format(uncompared));
      expect(text).toContain('Nothing was compared: the subgraphs do not compose.');
      expect(text).not.toMatch(/the same schema|compared with/);
    }
    expect(JSON.parse(FORMATS.json(uncompared))).toMatchObject({ base: 'main', changes: null });
    expect(FORMATS.text(report({ base: null, changes: null }))).not.toContain('compared');
  });

  test.each(Object.keys(FORMATS))('without findings can be written as %s', (format) => {
    expect(() => formatNamed(format)(empty)).not.toThrow();
  });

  test('has no other formats', () => {
    expect(() => formatNamed('yaml')).toThrow(
      'There is no format "yaml": use text, json, markdown, github, junit.',
    );
    expect(() => formatNamed('toString')).toThrow('There is no format "toString"');
  });
});
