import { describe, expect, test } from 'vitest';
import { brokenRules, hasLength, textRule } from '#platform/graph/input-rules.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import { searchText } from '#platform/graph/search-text.ts';

describe('the rules of inputs', () => {
  test('every field whose rule does not hold is named, in the order of the rules', () => {
    const fields = brokenRules([
      ['quantity', false, 'must be from 1 to 9'],
      ['sku', true, 'must be a code'],
      textRule('name', ' ', 1, 200),
    ]);
    expect(fields).toEqual([
      { path: 'quantity', message: 'must be from 1 to 9' },
      { path: 'name', message: 'must be 1 to 200 characters long' },
    ]);
    expect(invalidInput(fields)).toEqual({
      __typename: 'InvalidInput',
      message: 'The input is not valid: see `fields`.',
      fields,
    });
  });

  test('the length of a text is counted in characters, without the blanks around it', () => {
    expect(hasLength(' 👍🏽 ', 2, 2)).toBe(true);
    expect(hasLength(` ${'😀'.repeat(200)}\n`, 1, 200)).toBe(true);
    expect(hasLength('😀'.repeat(201), 1, 200)).toBe(false);
    expect(hasLength('  ', 1, 200)).toBe(false);
  });

  test('a text that is absent breaks no rule; one with U+0000 breaks every one, and is told so', () => {
    expect(brokenRules([textRule('a', null, 1, 9), textRule('b', undefined, 1, 9)])).toEqual([]);
    expect(brokenRules([textRule('a', 'x\0', 0, 9)])).toEqual([
      { path: 'a', message: 'must not hold the character U+0000' },
    ]);
  });

  test('a limit of thousands is written with a comma', () => {
    expect(brokenRules([textRule('text', 'x'.repeat(20_001), 0, 20_000)])).toEqual([
      { path: 'text', message: 'must be at most 20,000 characters long' },
    ]);
  });
});

test('what was not found is named by its noun and its id', () => {
  expect(notFound('order', 'o-1')).toEqual({
    __typename: 'NotFound',
    id: 'o-1',
    message: 'There is no order with this id.',
  });
});

describe('the text of a search', () => {
  test('blank is the same as absent, and blanks around a text do not count', () => {
    expect([null, undefined, '', ' \n'].map((text) => searchText('filter.search', text))).toEqual(
      Array.from({ length: 4 }, () => null),
    );
    expect(searchText('filter.search', ` ${'x'.repeat(200)} `)).toBe('x'.repeat(200));
  });

  test('what nothing can be searched by is refused, with the path of the argument', () => {
    expect(() => searchText('filter.search', 'x'.repeat(201))).toThrow(
      'filter.search: must be at most 200 characters long',
    );
    expect(() => searchText('filter.search', 'a\0b')).toThrow(
      'filter.search: must not hold the character U+0000',
    );
  });

  test('half of a surrogate pair is searched for as U+FFFD, as which it is stored', () => {
    expect(searchText('filter.search', 'a\uD800')).toBe('a\uFFFD');
  });
});
