import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { limitSettings, limitsFrom } from '../../../gateway/limits/config.ts';
import { exceededLimit, variablesTooDeep } from '../../../gateway/limits/document-limits.ts';
import { documentSize } from '../../../gateway/limits/document-size.ts';
import { readConfig } from '#platform/config.ts';

const defaults = limitsFrom(readConfig('test', limitSettings(), {}));
const sizeOf = (text: string) => documentSize(parse(text));

describe('the size of a document', () => {
  test('counts levels, fields, aliases and root fields', () => {
    expect(sizeOf('{ a: x y { z { w } b: z { w } } }')).toEqual({
      depth: 3,
      fields: 6,
      aliases: 2,
      rootFields: 2,
    });
  });

  test('counts fragments where they are spread, as often as they are', () => {
    const text =
      '{ ...F ... on Query { y { ...G ...G } } } fragment F on Query { x } fragment G on Y { a: z }';
    expect(sizeOf(text)).toEqual({ depth: 2, fields: 4, aliases: 2, rootFields: 2 });
  });

  test('is that of the largest operation, in each respect', () => {
    expect(sizeOf('query A { a { b } } query B { x y z }')).toEqual({
      depth: 2,
      fields: 3,
      aliases: 0,
      rootFields: 3,
    });
  });

  test('takes fragments that spread themselves, or that are not there, for nothing', () => {
    const text =
      '{ a { ...F ...None } } fragment F on A { b { ...G } } fragment G on B { c { ...F } }';
    expect(sizeOf(text)).toMatchObject({ depth: 3, fields: 3 });
  });

  test('is found at once however large the operation grows', () => {
    const doubling = Array.from(
      { length: 400 },
      (_, index) => `fragment F${index} on Q { a: x { ...F${index + 1} ...F${index + 1} } }`,
    );
    const document = parse(`{ ...F0 } ${doubling.join(' ')} fragment F400 on Q { x }`);
    const began = performance.now();
    const refusal = exceededLimit(document, { ...defaults.document, depth: 300 });
    expect(performance.now() - began).toBeLessThan(200);
    expect(refusal?.extensions).toMatchObject({ code: 'TOO_DEEP', limit: 300, actual: 401 });
    const wide = exceededLimit(document, { ...defaults.document, depth: 500 });
    expect(wide?.extensions).toMatchObject({
      code: 'TOO_MANY_ALIASES',
      actual: Number.MAX_SAFE_INTEGER,
    });
  });

  test('is found though fragments lead on deeper than a stack goes', () => {
    const nested = '... { '.repeat(400);
    const fragments = Array.from(
      { length: 100 },
      (_, index) => `fragment F${index} on Q { ${nested} ...F${index + 1} ${'} '.repeat(400)} }`,
    );
    const document = parse(`{ ...F0 } ${fragments.join(' ')} fragment F100 on Q { x }`);
    expect(exceededLimit(document, defaults.document)?.extensions['code']).toBe('TOO_DEEP');
  });
});

describe('the limits that are set where nothing is said', () => {
  test.each([
    ['plain', {}],
    [
      'with everything in it, as explorers and code generators ask',
      {
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      },
    ],
  ])('let the introspection pass: %s', (_what, options) => {
    expect(exceededLimit(parse(getIntrospectionQuery(options)), defaults.document)).toBeNull();
  });

  test('name what was exceeded, by how much, and what may be', () => {
    const fields = Array.from({ length: 51 }, (_, index) => `f${index}`).join(' ');
    const refusal = exceededLimit(parse(`{ ${fields} }`), defaults.document);
    expect(refusal?.extensions).toMatchObject({
      code: 'TOO_MANY_ROOT_FIELDS',
      limit: 50,
      actual: 51,
    });
    expect(refusal?.message).toContain('51 root fields, and may have 50');
  });
});

test('values in the text may be nested as much as the planner can bear, also in directives and defaults', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const refusalOf = (text: string) => exceededLimit(parse(text), defaults.document);
  expect(refusalOf(`{ a(v: ${nested(12)}, w: { x: [{ y: 1 }] }) }`)).toBeNull();
  for (const text of [
    `{ a(v: ${nested(13)}) }`,
    `{ a @d(v: ${nested(13)}) }`,
    `query ($v: J = ${nested(13)}) { a }`,
    `{ a(v: ${'{ x: '.repeat(13)} 1 ${'}'.repeat(13)}) }`,
    `{ ...F } fragment F on Q { b { a(v: ${nested(13)}) } }`,
  ]) {
    const refusal = refusalOf(text);
    expect(refusal?.extensions).toMatchObject({ code: 'TOO_DEEP', limit: 12, actual: 13 });
    expect(refusal?.message).toContain('send it as a variable');
  }
});

describe('variables', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

  test('may be as deep as anybody means, and no deeper', () => {
    expect(variablesTooDeep(undefined)).toBeNull();
    expect(variablesTooDeep({ a: null, b: nested(150) })).toBeNull();
    expect(variablesTooDeep({ a: nested(250) })?.extensions).toMatchObject({
      code: 'TOO_DEEP',
      limit: 200,
    });
  });

  test('are looked through in one pass, however deep', () => {
    let deep: unknown = 1;
    for (let index = 0; index < 300_000; index++) deep = [deep];
    expect(variablesTooDeep({ deep })).not.toBeNull();
  });
});
