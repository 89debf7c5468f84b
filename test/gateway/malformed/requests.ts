import * as fc from 'fast-check';
import { document, GOOD } from './documents.ts';

/** A request as it goes over HTTP. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

const json = { 'content-type': 'application/json' };

/** Any JSON, also huge numbers and deep lists. */
const anyJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.json({ maxDepth: 4 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'null',
      'true',
      '0',
      '-1',
      '1e400',
      '12345678901234567890',
      '""',
      '"\\u0000"',
      '[]',
      '{}',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('[', '{"a":'), fc.integer({ min: 100, max: 20_000 }))
      .map(([open, depth]) => {
        const close = open === '[' ? ']' : '}';
        return `{"v":${open.repeat(depth)}1${close.repeat(depth)}}`;
      }),
  },
);

/** Objects with the names of variables, which fit no operation, or one only. */
const variables = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":1}}',
      '{"a":{"b":{"c":[1,[2]]}}}',
      '{"id":"p1"}',
      '{"id":null}',
      '{"id":7.5}',
      '{"text":{}}',
      '{"k":"NONE"}',
      '{"l":[1,null]}',
      '{"f":{"text":7}}',
      '{"f":{"more":[{"more":[{}]}]}}',
      '{"f":{"nothing":1}}',
      '{"yes":"yes"}',
    ),
  },
  { weight: 1, arbitrary: anyJson },
);

const maybe = (arbitrary: fc.Arbitrary<string>) =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });
const seldom = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

function bodyText(fields: Record<string, string | undefined>): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `{${entries.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
}

const asJson = (text: string) => JSON.stringify(text);
const hash = fc.constantFrom('', 'x', '0'.repeat(64), '__proto__', 'F'.repeat(10_000));
const persisted = fc
  .tuple(fc.oneof(hash.map(asJson), anyJson), fc.constantFrom('1', '2', '"1"', 'null'))
  .map(([id, version]) => `{"persistedQuery":{"version":${version},"sha256Hash":${id}}}`);

/** Bodies in the form of GraphQL requests. */
const graphqlBody = fc
  .record({
    query: fc.oneof(
      { weight: 12, arbitrary: document.map(asJson) },
      { weight: 5, arbitrary: fc.constantFrom(...GOOD).map(asJson) },
      { weight: 1, arbitrary: maybe(anyJson) },
    ),
    variables: maybe(variables),
    operationName: seldom(fc.oneof(fc.string().map(asJson), anyJson)),
    extensions: seldom(fc.oneof(anyJson, persisted)),
  })
  .map(bodyText);

/** Bodies that were cut, or had a byte changed. */
const damaged = fc
  .tuple(graphqlBody, fc.nat(), fc.nat(255), fc.boolean())
  .map(([text, at, byte, cut]) => {
    const bytes = Buffer.from(text);
    const place = at % Math.max(1, bytes.length);
    if (cut) return bytes.subarray(0, place);
    bytes[place] = byte;
    return bytes;
  });

const anyBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 8, arbitrary: graphqlBody },
  { weight: 2, arbitrary: damaged },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: anyJson },
  {
    weight: 1,
    arbitrary: fc.array(graphqlBody, { maxLength: 3 }).map((all) => `[${all.join(',')}]`),
  },
);

/** Whatever may stand in a header: Latin-1 without control characters. */
const headerText = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0xa0, max: 0xff })), {
    maxLength: 60,
  })
  .map((codes) => String.fromCodePoint(...codes).trim());

const contentType = fc.oneof(
  { weight: 4, arbitrary: fc.constant('application/json') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'application/json; charset=utf-16',
      'application/json;;',
      'application/json; charset="',
      'APPLICATION/JSON',
      'application/graphql',
      'application/graphql-response+json',
      'text/plain',
      'text/plain; x',
      'text/html',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'multipart/mixed',
      'application/octet-stream',
      'image/png',
      '*/*',
      '/',
      ';',
      'json',
      'application/',
      'a/b; q="\\',
    ),
  },
  { weight: 1, arbitrary: headerText },
);

const accept = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'text/html',
    'image/png',
    '',
    ';',
    ',,,',
    'q=1',
    'application/json;q=0',
    'multipart/mixed; deferSpec=20220824',
    'text/html, */*;q=2',
    'application/json;q=x',
  ),
  headerText,
);

const named = (name: string, text: fc.Arbitrary<string>) =>
  text.map((value): [string, string] => [name, value]);

/** A few headers. Repeated headers stand with commas, as a proxy joins them. */
const headers = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: named('content-type', contentType) },
      { weight: 3, arbitrary: named('accept', accept) },
      {
        weight: 1,
        arbitrary: named(
          'authorization',
          headerText.map((text) => `Bearer ${text}`),
        ),
      },
      { weight: 1, arbitrary: named('x-service', headerText) },
      ...[
        'authorization',
        'x-override-labels',
        'x-forwarded-for',
        'x-forwarded-proto',
        'x-request-id',
        'x-apollo-operation-name',
        'apollographql-client-name',
        'traceparent',
        'cookie',
        'origin',
        'if-none-match',
        'accept-encoding',
      ].map((name) => ({ weight: 1, arbitrary: named(name, headerText) })),
      named('content-encoding', fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x', '')),
      named('apollo-require-preflight', fc.constantFrom('1', '')),
      named(
        'cookie',
        headerText.map((text) => `graph_session=${text}`),
      ),
      named('origin', fc.constantFrom('null', 'https://studio.apollographql.com')),
      named('access-control-request-method', fc.constantFrom('POST', 'x', '')),
      named('range', fc.constantFrom('bytes=0-1', 'x')),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => Object.fromEntries(pairs) as Record<string, string>);

const search = fc.oneof(
  fc
    .record({
      query: maybe(fc.oneof(document, fc.constantFrom(...GOOD))),
      variables: maybe(variables),
      extensions: seldom(persisted),
    })
    .map((fields) => {
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      return new URLSearchParams(given as [string, string][]).toString().slice(0, 8_000);
    }),
  fc.constantFrom(
    'query',
    'query=',
    'query=%',
    'query=%ff',
    'query=a&query=b',
    '&&&',
    'variables=1&query=x',
    '__proto__=1',
  ),
  fc.string({ maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

const post = fc
  .tuple(
    anyBody,
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(json) },
      { weight: 2, arbitrary: headers.map((given) => ({ ...json, ...given })) },
      { weight: 1, arbitrary: headers },
    ),
  )
  .map(([body, given]): Request => ({ method: 'POST', path: '/graphql', headers: given, body }));

const get = fc.tuple(search, headers, fc.boolean()).map(([text, given, preflighted]): Request => ({
  method: 'GET',
  path: `/graphql?${text}`,
  headers: preflighted ? { ...given, 'apollo-require-preflight': '1' } : given,
  body: undefined,
}));

const others = fc
  .tuple(
    fc.constantFrom(
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
      'SEARCH',
      'QUERY',
      'LOCK',
    ),
    headers,
    fc.option(graphqlBody, { nil: undefined }),
    search,
  )
  .map(([method, given, body, text]): Request => {
    const hasBody = body !== undefined && !['HEAD', 'TRACE'].includes(method);
    return {
      method,
      path: `/graphql?${text}`,
      headers: hasBody ? { ...json, ...given } : given,
      body: hasBody ? body : undefined,
    };
  });

/** Requests of which next to none can be answered with data. */
export const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 7, arbitrary: post },
  { weight: 3, arbitrary: get },
  { weight: 1, arbitrary: others },
);
