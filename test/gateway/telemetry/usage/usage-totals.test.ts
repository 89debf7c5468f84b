import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeReports } from '../../../../gateway/telemetry/usage/usage-report.ts';
import {
  UsageTotals,
  type RequestUse,
  type UsageLimits,
} from '../../../../gateway/telemetry/usage/usage-totals.ts';

const WIDE: UsageLimits = { rows: 1e6, bytes: 1e9, traceBytes: 1e8 };

const field = fc.record({
  parentType: fc.constantFrom('Query', 'Product'),
  name: fc.constantFrom('a', 'b', 'constructor', '__proto__'),
  returnType: fc.constant('String!'),
  nanoseconds: fc.nat(1e9),
  errors: fc.nat(2),
});
const use: fc.Arbitrary<RequestUse> = fc.record({
  operation: fc
    .constantFrom('# A\n{a}', '# B\n{b}', '# -\n{c}', '## GraphQLParseFailure\n')
    .map((key) => ({ key, fields: { Query: { fieldNames: ['a'], isInterface: false } } })),
  clientName: fc.constantFrom('', 'store', 'app', 'constructor'),
  clientVersion: fc.constantFrom('', '1', '2'),
  nanoseconds: fc.double({ min: 0, max: 1e12, noNaN: true }),
  hasErrors: fc.boolean(),
  errorPaths: fc.array(
    fc.array(fc.constantFrom('service:product', 'product', 'name', 'toString'), { maxLength: 3 }),
    { maxLength: 3 },
  ),
  persistedQuery: fc.constantFrom('hit', 'miss', null),
  traced: fc.option(
    fc.record({
      fields: fc.array(field, { maxLength: 3 }),
      weight: fc.constantFrom(1, 10),
      trace: fc.constant(new Uint8Array()),
    }),
  ),
});

function added(uses: readonly RequestUse[], limits = WIDE): UsageTotals {
  const totals = new UsageTotals(limits);
  for (const one of uses) totals.add(one);
  return totals;
}

/** What a collector reads, in an order that does not depend on what came first. */
async function read(totals: UsageTotals): Promise<unknown> {
  const reports = await writeReports(totals, { graphRef: 'shop@current' }, 1_000);
  const bytes = await Promise.all(reports.map((report) => promisify(gunzip)(report)));
  const { tracesPerQuery, ...rest } = JSON.parse(
    JSON.stringify(Report.decode(Buffer.concat(bytes))),
  );
  const operations = Object.entries<{ statsWithContext: object[] }>(tracesPerQuery ?? {}).map(
    ([key, { statsWithContext, ...stats }]) => [
      key,
      { ...stats, stats: statsWithContext.map((row) => JSON.stringify(row, sortedKeys)).sort() },
    ],
  );
  return { ...rest, operations: Object.fromEntries(operations) };
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('usage that is added up', () => {
  test('in parts, and then put together, is reported as if it had been added up at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(use, { maxLength: 12 }), { maxLength: 4 }),
        async (parts) => {
          const whole = added(parts.flat());
          const merged = new UsageTotals(WIDE);
          for (const part of parts) merged.merge(added(part));
          expect(await read(merged)).toEqual(await read(whole));
          expect([merged.requests, merged.leftOut]).toEqual([whole.requests, 0]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('never has more rows than it may, and counts every request', () => {
    const limits = fc.record({
      rows: fc.integer({ min: 0, max: 6 }),
      bytes: fc.integer({ min: 0, max: 20_000 }),
      traceBytes: fc.constant(0),
    });
    fc.assert(
      fc.property(
        fc.array(use, { maxLength: 30 }),
        fc.array(use, { maxLength: 30 }),
        limits,
        (a, b, limit) => {
          const totals = added(a, limit);
          totals.merge(added(b, limit));
          const rows = [...totals.operations.values()].flatMap(({ operation, clients }) =>
            [...clients.values()].map(({ requests }) => ({ requests, key: operation.key })),
          );
          expect(rows.length).toBeLessThanOrEqual(limit.rows);
          expect(rows.length * 1_500).toBeLessThanOrEqual(limit.bytes);
          const counted = rows.filter(({ key }) => !key.startsWith('##'));
          const sum = counted.reduce((all, { requests }) => all + requests, 0);
          const sent = [...a, ...b].filter(({ operation }) => !operation.key.startsWith('##'));
          expect(totals.requests).toBe(sent.length);
          expect(sum + totals.leftOut).toBe(sent.length);
        },
      ),
    );
  });
});

test('what is too large for one report is sent in several, and nothing is counted twice', async () => {
  const totals = new UsageTotals(WIDE);
  for (let index = 0; index < 60; index += 1) {
    totals.add({
      operation: { key: `# A${index}\n{${'a'.repeat(90_000)}}`, fields: {} },
      clientName: 'store',
      clientVersion: '1',
      nanoseconds: 1e6,
      hasErrors: false,
      errorPaths: [],
      persistedQuery: null,
      traced: null,
    });
  }
  const reports = await writeReports(totals, { graphRef: 'shop@current' }, 1_000);
  expect(reports.length).toBeGreaterThan(2);
  const decoded = await Promise.all(
    reports.map(async (report) => Report.decode(await promisify(gunzip)(report))),
  );
  expect(decoded.reduce((sum, { operationCount }) => sum + operationCount, 0)).toBe(60);
  const keys = decoded.flatMap(({ tracesPerQuery }) => Object.keys(tracesPerQuery));
  expect([keys.length, new Set(keys).size]).toEqual([60, 60]);
});
