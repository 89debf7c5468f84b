import { gzipSync } from 'node:zlib';
import { Report, type IReport } from '@apollo/usage-reporting-protobuf';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '#platform/database/transaction.ts';
import { readReport } from '#schema/usage-collector/read-report.ts';
import { recordedUsage } from '#schema/usage-collector/recorded-usage.ts';
import { purgeUsage, storeUsage } from '#schema/usage-collector/store-usage.ts';
import { usedOperations } from '#schema/usage/recorded-traffic.ts';
import { GRAPH, reportOf, startTestCollector, type TestCollector } from './collector-server.ts';

const DAY = 24 * 60 * 60 * 1_000;
const PAGE = 'query Page{product(id:""){name}}';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());
beforeEach(() => collector.start().catch(() => {}));
afterEach(async () => {
  await collector.rows('truncate usage_operation, usage_day, usage_report cascade');
});

const REQUESTS = `select name, client_name, client_version, requests::int, errors::int
  from usage_request join usage_operation using (graph_ref, signature) order by name, client_name, client_version`;

describe('a report', () => {
  test('is added up by day, graph, operation, client and version', async () => {
    const { status, body } = await collector.report(
      reportOf(PAGE, [
        ['store', '1.0', 5, 1],
        ['store', '1.1', 2],
      ]),
    );
    expect([status, body]).toEqual([200, { tracesIgnored: true }]);
    await collector.report(reportOf(PAGE, [['store', '1.0', 3, 2]]));
    expect(await collector.rows(REQUESTS)).toEqual([
      { name: 'Page', client_name: 'store', client_version: '1.0', requests: 8, errors: 3 },
      { name: 'Page', client_name: 'store', client_version: '1.1', requests: 2, errors: 0 },
    ]);
    expect(await collector.rows('select type, field from usage_field order by 1')).toEqual([
      { type: 'Product', field: 'name' },
      { type: 'Query', field: 'product' },
    ]);
    const today = new Date().toISOString().slice(0, 10);
    expect(
      await collector.rows('select day::text, requests::int, left_out::int from usage_day'),
    ).toEqual([{ day: today, requests: 10, left_out: 0 }]);
  });

  test('that comes again, because its answer was lost, is counted once', async () => {
    const bytes = gzipSync(Report.encode(reportOf(PAGE, [['store', '1', 5]])).finish());
    expect((await collector.post(bytes)).status).toBe(200);
    expect((await collector.post(bytes)).status).toBe(200);
    await Promise.all(Array.from({ length: 8 }, () => collector.post(bytes)));
    expect(await collector.rows(REQUESTS)).toMatchObject([{ requests: 5 }]);
  });

  test('is counted whole when many come at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        collector.report(
          reportOf(PAGE, [
            ['store', String(index % 3), 1],
            ['admin', '', 2],
          ]),
          { 'x-nothing': String(index) },
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Twenty reports, of which those of one second and version are the same bytes.
    const rows = await collector.rows(REQUESTS);
    const reports = await collector.rows('select from usage_report');
    expect(rows.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(3 * reports.length);
  });

  test('whose traces are no sample of its sums has them counted, with their errors', async () => {
    const now = { seconds: Math.floor(Date.now() / 1_000), nanos: 0 };
    const trace = (clientName: string, error: boolean) => ({
      clientName,
      clientVersion: '7',
      endTime: now,
      root: { child: [{ responseName: 'product', error: error ? [{ message: 'boom' }] : [] }] },
    });
    const report = reportOf(PAGE, [['store', '7', 4]], { endTime: undefined });
    const stats = Object.values(report.tracesPerQuery ?? {})[0];
    Object.assign(stats ?? {}, { trace: [trace('store', true), trace('app', false)] });
    await collector.report(report);
    expect(await collector.rows(REQUESTS)).toEqual([
      { name: 'Page', client_name: 'app', client_version: '7', requests: 1, errors: 0 },
      { name: 'Page', client_name: 'store', client_version: '7', requests: 5, errors: 1 },
    ]);
    await collector.rows('truncate usage_operation, usage_day, usage_report cascade');
    await collector.report({ ...report, tracesPreAggregated: true });
    expect(await collector.rows(REQUESTS)).toMatchObject([{ client_name: 'store', requests: 4 }]);
  });

  test('leaves no value behind, wherever it holds one', async () => {
    const secret = 'hunter2';
    const text = `query Page{product(id:"${secret}",filter:{name:"${secret}"},ids:["${secret}"],n:4711){name}}`;
    const report = reportOf(text, [['store', '1', 1]]);
    const stats = Object.values(report.tracesPerQuery ?? {})[0];
    Object.assign(stats ?? {}, {
      trace: [
        {
          details: { variablesJson: { id: secret } },
          http: { requestHeaders: { cookie: { value: [secret] } } },
          root: { error: [{ message: secret, json: secret }] },
          unexecutedOperationBody: secret,
        },
      ],
    });
    report.tracesPerQuery = {
      ...report.tracesPerQuery,
      [`## GraphQLValidationFailure\n${secret}`]: stats ?? {},
      [`# Broken\nquery Broken { product(id: "${secret}"`]: stats ?? {},
    };
    expect((await collector.report(report)).status).toBe(200);
    const tables = ['usage_operation', 'usage_field', 'usage_request', 'usage_day'];
    const dumps = await Promise.all(
      tables.map((table) => collector.rows(`select * from ${table}`)),
    );
    const dump = JSON.stringify(dumps);
    expect(dump).toContain('query Page{product(filter:{},id:\\"\\",ids:[],n:0){name}}');
    expect(dump).toContain('Broken');
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain('4711');
  });

  test('of an operation that differs in literals only is one of the same operation', async () => {
    await collector.report(reportOf('query Page{product(id:"a"){name}}', [['store', '1', 1]]));
    await collector.report(
      reportOf('query Page { product(id: "b") { name } }', [['store', '1', 1]]),
    );
    expect(await collector.rows(REQUESTS)).toMatchObject([{ requests: 2 }]);
  });
});

describe('what is refused, clearly', () => {
  const report = reportOf(PAGE, [['store', '1', 1]]);

  test.each<[string, () => Promise<{ status: number; body: object }>, number, string, RegExp]>([
    [
      'no key',
      () => collector.report(report, { 'x-api-key': '' }),
      401,
      'KEY_MISSING',
      /APOLLO_KEY/,
    ],
    [
      'a wrong key',
      () => collector.report(report, { 'x-api-key': 'no' }),
      401,
      'KEY_UNKNOWN',
      /not known/,
    ],
    [
      'the key of another graph',
      () => collector.report({ ...report, header: { graphRef: 'bank@current' } }),
      403,
      'KEY_OF_ANOTHER_GRAPH',
      /bank@current/,
    ],
    [
      'a report of no time',
      () => collector.report({ ...report, endTime: null }),
      400,
      'USAGE_REPORT_INVALID',
      /no end_time/,
    ],
    [
      'what is no protobuf',
      () => collector.post(gzipSync(Buffer.from('{"operations": []}'))),
      400,
      'USAGE_REPORT_INVALID',
      /no message Report/,
    ],
    [
      'half a report',
      () => collector.post(gzipSync(Report.encode(report).finish().subarray(0, -5))),
      400,
      'USAGE_REPORT_INVALID',
      /no message Report/,
    ],
    [
      'what is not packed though it says so',
      () => collector.post(Report.encode(report).finish()),
      400,
      'USAGE_REPORT_INVALID',
      /unpacked/,
    ],
    [
      'another packing',
      () => collector.report(report, { 'content-encoding': 'br' }),
      415,
      'ENCODING_UNKNOWN',
      /gzip/,
    ],
    ['nothing', () => collector.post(new Uint8Array()), 400, 'USAGE_REPORT_INVALID', /unpacked/],
    [
      'too much',
      () => collector.post(new Uint8Array(9_000_000)),
      413,
      'REPORT_TOO_LARGE',
      /8388608 bytes/,
    ],
    [
      'what is too much when it is unpacked',
      () => collector.post(gzipSync(new Uint8Array(40_000_000))),
      413,
      'REPORT_TOO_LARGE',
      /33554432 bytes/,
    ],
  ])('%s', async (_what, send, status, code, message) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await collector.rows(REQUESTS)).toEqual([]);
  });

  test('a report as it is, without packing, is taken', async () => {
    const { status } = await collector.post(Report.encode(report).finish(), {
      'content-encoding': 'identity',
    });
    expect(status).toBe(200);
  });
});

describe('the database', () => {
  const store = (report: IReport, mostRows?: number) => {
    const bytes = Report.encode(report).finish();
    return transaction(collector.database.db, (tx) =>
      storeUsage(tx, bytes, readReport(bytes, new Date()), mostRows),
    );
  };

  test('gets no more rows than a day may have: what is on top is counted', async () => {
    // Two operations with two fields each are six, and three of who sent them.
    await store(
      reportOf('query A{a}', [
        ['store', '1', 1],
        ['store', '2', 1],
      ]),
      9,
    );
    await store(reportOf('query B{b}', [['store', '1', 4]]), 9);
    await store(reportOf('query C{c}', [['store', '1', 6]]), 9);
    await store(
      reportOf('query A{a}', [
        ['store', '1', 10],
        ['new', '1', 7],
      ]),
      9,
    );
    const rows = await collector.rows(REQUESTS);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ name: 'A', client_version: '1', requests: 11 });
    const [day] = await collector.rows(
      'select requests::int, left_out::int, rows::int from usage_day',
    );
    expect(day).toEqual({ requests: 29, left_out: 13, rows: 9 });
    const { leftOut } = await recordedUsage(collector.database.db, GRAPH, new Date());
    expect(leftOut).toBe(13);
  });

  test('gets no rows of what nobody sent, nor more fields than a day may have', async () => {
    const fields = (count: number, from: string) => ({
      Query: Array.from({ length: count }, (_, index) => `${from}${index}`),
    });
    const sent = [['store', '1', 1]] as const;
    await store(reportOf('query Nobody{a}', [], {}, fields(50, 'a')), 30);
    expect(await collector.rows('select from usage_operation')).toEqual([]);
    await store(reportOf('query A{a}', sent, {}, fields(10, 'a')), 30);
    // The same operation, with other fields each time.
    await store(reportOf('query A{a}', sent, {}, fields(15, 'b')), 30);
    await store(reportOf('query A{a}', sent, {}, fields(15, 'c')), 30);
    await store(reportOf('query B{a}', sent, {}, fields(20, 'a')), 30);
    expect(await collector.rows('select from usage_field')).toHaveLength(28);
    expect(await collector.rows('select name from usage_operation')).toEqual([{ name: 'A' }]);
    expect(await collector.rows('select rows::int from usage_day')).toEqual([{ rows: 30 }]);
  });

  test('gets no operation of which neither the text nor all fields can be kept', async () => {
    const many = { Query: Array.from({ length: 1_001 }, (_, index) => `a${index}`) };
    await store(reportOf('query Unreadable{', [['store', '1', 3]], {}, many));
    await store(reportOf('query Readable{a}', [['store', '1', 4]], {}, many));
    expect(await collector.rows(REQUESTS)).toMatchObject([{ name: 'Readable', requests: 4 }]);
    expect(await collector.rows('select from usage_field')).toHaveLength(1_000);
    const [day] = await collector.rows('select requests::int, left_out::int from usage_day');
    expect(day).toEqual({ requests: 7, left_out: 3 });
  });

  test('forgets days that are over, and what nobody sends any more', async () => {
    const before = (days: number) => ({
      endTime: { seconds: Math.floor((Date.now() - days * DAY) / 1_000), nanos: 0 },
    });
    await store(reportOf('query Old{old}', [['store', '1', 1]], before(40)));
    await store(reportOf('query Now{now}', [['store', '1', 1]], before(40)));
    await store(reportOf('query Now{now}', [['store', '1', 1]], before(20)));
    await transaction(collector.database.db, (tx) => purgeUsage(tx, 30, new Date()));
    expect(await collector.rows(REQUESTS)).toMatchObject([{ name: 'Now', requests: 1 }]);
    expect(await collector.rows('select name from usage_operation')).toEqual([{ name: 'Now' }]);
    expect(await collector.rows('select from usage_day')).toHaveLength(1);
  });

  test('that is away is no loss: the report is asked for again', async () => {
    await collector.rows('alter table usage_day rename to usage_gone');
    const { status, body } = await collector.report(reportOf(PAGE, [['store', '1', 1]]));
    await collector.rows('alter table usage_gone rename to usage_day');
    expect([status, body.code]).toEqual([503, 'USAGE_NOT_STORED']);
    expect(await collector.rows('select from usage_report')).toEqual([]);
  });
});

test('what is read is what was sent since a day, by operation, client and version', async () => {
  await collector.report(
    reportOf(PAGE, [
      ['store', '1', 5],
      ['', '', 2],
    ]),
  );
  await collector.report(
    reportOf('{product(id:""){name}}', [['app', '2', 9]], {
      endTime: { seconds: Math.floor((Date.now() - 3 * DAY) / 1_000), nanos: 0 },
    }),
  );
  const since = (days: number) =>
    recordedUsage(collector.database.db, GRAPH, new Date(Date.now() - days * DAY));
  expect(
    usedOperations(await since(5)).map(({ name, client, version, count, fields }) => [
      name,
      client,
      version,
      count,
      fields,
    ]),
  ).toEqual([
    [
      expect.stringMatching(/^unnamed [\da-f]{8}$/),
      'app',
      '2',
      9,
      ['Product.name', 'Query.product'],
    ],
    ['Page', 'store', '1', 5, ['Product.name', 'Query.product']],
    ['Page', 'unknown client', undefined, 2, ['Product.name', 'Query.product']],
  ]);
  expect(usedOperations(await since(1))).toHaveLength(2);
});

test('what any variant of a graph was sent counts for the checks of its registry, and a report of no graph is of the usual one', async () => {
  await collector.report(reportOf(PAGE, [['store', '1', 5]]));
  await collector.report({ ...reportOf(PAGE, [['store', '2', 1]]), header: {} });
  await collector.report({
    ...reportOf('query Other{other}', [['app', '1', 3]]),
    header: { graphRef: 'shop@staging' },
  });
  const used = usedOperations(await collector.part.recordedUsage(new Date()));
  expect(
    used.map(({ name, client, version, count, source }) =>
      [name, client, version, count, source].join(' '),
    ),
  ).toEqual([
    'Page store 1 5 traffic of shop@current',
    'Page store 2 1 traffic of shop@current',
    'Other app 1 3 traffic of shop@staging',
  ]);
});
