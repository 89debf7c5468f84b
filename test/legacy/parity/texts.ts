/** Texts that programs trip over. */
export const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u00a0\u3000',
  '\ufeffmarked',
  // Zero-width characters are no blanks.
  '\u200b',
  'zero\u200bwidth\u200djoined',
  '  around  ',
  '\n',
  'two\r\nlines',
  '\u0001\u001f\u007f',
  '\u2028',
  '\0',
  'nul\0inside',
  'lone \ud800',
  '\udc00lone',
  'turned \udc00\ud800 round',
  '👩‍🚀',
  'é',
  // The same letter in two code points.
  'e\u0301',
  'İstanbul',
  'straße',
  'ﬁsh',
  'ΣΊΣΥΦΟΣ',
  'ǅ',
  '\u202eright to left',
  '%',
  '_',
  'a%_\\b',
  '\\',
  "'",
  '"',
  "'; drop table products; --",
  '<b>bold</b>',
  // oxlint-disable-next-line no-template-curly-in-string -- that is the point
  '${7*7}{{7*7}}',
  '../..',
  '..',
  '%00',
  '%2e%2e%2f',
  'a/b?c=d#e',
  'a&b=c+d',
  'null',
  '[]',
  '{"$gt":""}',
  '__proto__',
  '-1',
  '1e309',
  'x'.repeat(100_000),
];

/** A text of exactly, of nearly and of more than a length: of letters, and of characters of two UTF-16 units. */
export const around = (length: number): string[] =>
  ['x', 'é', '𝕏'].flatMap((letter) => [
    letter.repeat(length - 1),
    letter.repeat(length),
    letter.repeat(length + 1),
    ` ${letter.repeat(length)}\n`,
  ]);

/** A text short enough for the name of a test. */
export const named = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text;
};

/** What is searched by. */
export const SEARCHES: readonly string[] = [
  'headphones',
  'HEADPHONES',
  'hedphones',
  'wireless headphones',
  '"wireless headphones"',
  '"headphones wireless"',
  '-headphones',
  'wireless -headphones',
  'chair or lamp',
  'chair OR lamp',
  'or',
  'the',
  'the and of',
  '"',
  '""',
  '"unclosed',
  '& | ! ( )',
  'chair:*',
  'chair <-> lamp',
  'chair & !lamp',
  "chair's",
  '- -',
  '*',
  '()',
  'cha',
  'c',
  '日本',
  'CAFÉ',
  'cafe\u0301',
  `  ${'x'.repeat(200)}  `,
  'x'.repeat(201),
  '𝕏'.repeat(200),
  '𝕏'.repeat(201),
  'lamp '.repeat(40),
];
