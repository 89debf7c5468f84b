import * as fc from 'fast-check';

/** Operations that the graph of {@link graph} answers. */
export const GOOD = [
  '{ strict }',
  'query Q($id: ID!) { product(id: $id) { id name price { amount currency } } }',
  '{ products { ...P } media { ... on Book { pages } ... on Film { minutes } } } fragment P on Product { id weight }',
  'query E($v: JSON, $f: Filter, $l: [Int!], $k: Kind) { echo(value: $v, filter: $f, list: $l, kind: $k) }',
  'mutation M($text: String!) { append(text: $text) }',
  'query S($yes: Boolean = true) { me @include(if: $yes) { id name } __schema { queryType { name } } }',
];

const TOKENS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '=',
  '|',
  '&',
  '@',
  '$',
  '...',
  ',',
  '#',
  '"',
  '"""',
  'query',
  'mutation',
  'subscription',
  'fragment',
  'on',
  'true',
  'null',
  'type',
  'extend',
  'schema',
  'strict',
  'product',
  'id',
  '__typename',
  '__schema',
  'F',
  '$id',
  '@skip(if: true)',
  '@defer',
  '@include',
  '-',
  '0',
  '007',
  '1.e5',
  '1e999',
  '99999999999999999999',
  '"\\u{110000}"',
  '"\\ud800"',
  '\uFEFF',
  '\u0000',
  '😀',
  'é',
];

/** Good operations with parts left out, doubled, or put elsewhere. */
const mutated = fc
  .tuple(
    fc.constantFrom(...GOOD),
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...TOKENS, '')), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, [at, token]) => {
      const place = at % (changed.length + 1);
      return changed.slice(0, place) + token + changed.slice(place + (at % 3));
    }, text),
  );

const soup = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 40 })
  .map((tokens) => tokens.join(' '));

const nested = fc
  .tuple(
    fc.constantFrom('{ me ', '{ ...{ ', '[', '{ a: ', '(a: ', '@a(b: '),
    fc.integer({ min: 10, max: 4_000 }),
  )
  .map(([piece, times]) => `{ product(id: ${piece.repeat(times)}`);

const closed = fc
  .tuple(fc.constantFrom(['{ me ', '}'], ['{ ... ', '}']), fc.integer({ min: 10, max: 1_500 }))
  .map(([[open = '', close = ''], times]) => `${open.repeat(times)} { id } ${close.repeat(times)}`);

const deepValue = fc
  .integer({ min: 10, max: 1_500 })
  .map((depth) => `{ echo(value: ${'['.repeat(depth)}${']'.repeat(depth)}) }`);

const many = fc
  .tuple(
    fc.constantFrom(
      'strict',
      'a: strict',
      'product(id: 1) { id }',
      '...F',
      '@a',
      '... { id }',
      '__typename',
    ),
    fc.integer({ min: 50, max: 12_000 }),
  )
  .map(([piece, times]) => `{ ${Array.from({ length: times }, () => piece).join(' ')} }`);

const bomb = fc.tuple(fc.integer({ min: 3, max: 200 }), fc.boolean()).map(([size, cyclic]) => {
  const fragments = Array.from(
    { length: size },
    (_, index) =>
      `fragment F${index} on User { favourite { id } ...F${(index + 1) % (cyclic ? size : size + 1)} ...F${(index + 1) % (cyclic ? size : size + 1)} }`,
  );
  return `{ me { ...F0 } } ${fragments.join(' ')}${cyclic ? '' : ` fragment F${size} on User { id }`}`;
});

const operations = fc
  .integer({ min: 2, max: 500 })
  .map((count) =>
    Array.from({ length: count }, (_, index) => `query Q${index % 400} { strict }`).join(' '),
  );

/** Documents of which next to none is a good operation. */
export const document = fc.oneof(
  { weight: 8, arbitrary: mutated },
  { weight: 4, arbitrary: soup },
  { weight: 2, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 2, arbitrary: fc.oneof(nested, closed, deepValue, many, many, bomb, operations) },
);
