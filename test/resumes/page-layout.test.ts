import { expect, test } from 'vitest';
import { pageLines, type Piece } from '#platform/resumes/documents/page-layout.ts';

/** A page of two columns, each letter 6 points wide: the left one begins at 40, the right one at 200. */
const page = (rows: readonly (readonly [left: string, right: string])[]): Piece[] =>
  rows.flatMap((row, index) =>
    row.flatMap((text, column) =>
      text === ''
        ? []
        : [
            {
              text,
              x: 40 + 160 * column,
              y: 800 - 14 * index,
              width: 6 * text.length,
              size: 10,
              isRightToLeft: false,
            },
          ],
    ),
  );

const LEFT = ['Contact', '+1 206 555 0100', 'Seattle, WA', 'Skills', 'SQL', 'Rust', 'Go', 'Perl'];
const RIGHT = [
  'Summary',
  'Plans and builds.',
  'Experience',
  'Lead, Northwind',
  '- Led a team.',
  '- Cut costs.',
  'Education',
  'BSc, Oslo',
];
const WIDE = 'casey.alexandra.morgan@example.com';

test.each([
  ['beside a line of the other column', 'Writes, too.'],
  ['beside nothing', ''],
])('a word that is too wide for its column stays in it, %s', (_name, beside) => {
  const rows = LEFT.map((left, index) => [left, RIGHT[index] ?? ''] as const);
  const lines = pageLines(page([...rows.slice(0, 2), [WIDE, beside], ...rows.slice(2)]), 10);
  expect(lines.map(({ text }) => text)).toEqual([
    ...LEFT.slice(0, 2),
    WIDE,
    ...LEFT.slice(2),
    ...RIGHT.slice(0, 2),
    ...(beside === '' ? [] : [beside]),
    ...RIGHT.slice(2),
  ]);
});

test('a line of several words across both columns parts what is above from what is below', () => {
  const rows = LEFT.map((left, index) => [left, RIGHT[index] ?? ''] as const);
  const wide = 'Casey Alexandra Morgan, Team Lead';
  const lines = pageLines(page([...rows.slice(0, 4), [wide, ''], ...rows.slice(4)]), 10);
  expect(lines.map(({ text }) => text)).toEqual([
    ...LEFT.slice(0, 4),
    ...RIGHT.slice(0, 4),
    wide,
    ...LEFT.slice(4),
    ...RIGHT.slice(4),
  ]);
});
