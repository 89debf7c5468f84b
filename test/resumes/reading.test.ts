import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '#platform/resumes/documents/document.ts';
import { readPlainText } from '#platform/resumes/documents/plain-text.ts';
import { jsonResume, LONGEST_READING, readingOf } from '#platform/resumes/structure/json-resume.ts';
import { HELD_OUT } from './held-out.ts';
import { precision, readCases, recall, tallies, type ReadCase } from './score.ts';

let cases: readonly ReadCase[];
beforeAll(async () => {
  cases = await readCases();
});

/** The least precision and recall of each field, of those that were held back too. */
const LEAST: Readonly<Record<string, number>> = {
  name: 0.9,
  email: 0.9,
  phone: 0.9,
  url: 0.9,
  location: 0.9,
  sections: 0.9,
  titles: 0.8,
  employers: 0.8,
  dates: 0.8,
  schools: 0.8,
  degrees: 0.8,
  skills: 0.8,
  languages: 0.8,
  highlights: 0.8,
};

test.each([
  ['01/2019 - 03/2023', null],
  ['01.02.1990', null],
  ['Geboren am 01.02.1990, 030 1234567', '030 1234567'],
  ['01.02.2019 – 28.02.2021', null],
  ['0170 1234567', '0170 1234567'],
  ['(030) 2019-2023', '(030) 2019-2023'],
  ['+49 30 20192023', '+49 30 20192023'],
])('of "%s" the phone number is %s', (line, phone) => {
  const document = documentOf(readPlainText(`Zoe Doe\nzoe@example.com\n${line}\n`));
  const { resume } = readingOf(document);
  expect(resume.basics['phone'] ?? null).toBe(phone);
});

describe('of the resumes written for the tests', () => {
  test('there are at least forty, and each field is found', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const found = tallies(cases);
    const low = Object.entries(LEAST).flatMap(([field, least]) => {
      const tally = found.get(field);
      return tally && Math.min(precision(tally), recall(tally)) >= least ? [] : [field];
    });
    expect(low).toEqual([]);
  });

  test('those that were held back are read no worse than the aim', () => {
    const found = tallies(cases.filter(({ person }) => HELD_OUT.has(person.id)));
    const low = Object.entries(LEAST).flatMap(([field, least]) => {
      const tally = found.get(field);
      return tally && Math.min(precision(tally), recall(tally)) >= least ? [] : [field];
    });
    expect(low).toEqual([]);
  });

  test('every value stands in the text at its span', () => {
    for (const { structure, text, file } of cases) {
      const { resume, spans } = jsonResume(structure);
      const at = (pointer: string) =>
        String(valueAt(resume, pointer)).replace(pointer.endsWith('/url') ? /^https:\/\// : '', '');
      for (const { pointer, start, end } of spans) {
        // Dates are normalized, and a point may go over several lines.
        if (pointer.endsWith('Date')) continue;
        const plain = (value: string) => value.replace(/\s+/g, ' ');
        const read = text
          .slice(start, end)
          .replace(pointer.endsWith('/url') ? /^https:\/\// : '', '');
        expect([file, pointer, plain(read)]).toEqual([file, pointer, plain(at(pointer))]);
      }
    }
  });

  test('what was read is a JSON Resume', () => {
    expect(cases.length).toBeGreaterThan(0);
    for (const { structure, file } of cases) {
      const { resume } = jsonResume(structure);
      expect([file, isJsonResume(resume), isJsonResume.errors]).toEqual([file, true, null]);
    }
  });
});

const texts = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const objects = (properties: object) => ({
  type: 'array',
  items: { type: 'object', properties, additionalProperties: false },
});
const date = { type: 'string', pattern: '^[12]\\d{3}(-[01]\\d(-[0-3]\\d)?)?$' };
const dates = { startDate: date, endDate: date };
const url = { type: 'string', format: 'uri' };
const highlights = { type: 'array', items: { type: 'string' } };
/** What the schema (jsonresume.org/schema, 1.0.0) says of the members that we write. */
const isJsonResume = new Ajv({
  formats: {
    uri: (text: string) => /^https?:/i.test(text) && URL.canParse(text),
    email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  },
}).compile({
  type: 'object',
  properties: {
    basics: {
      type: 'object',
      properties: {
        ...texts('name', 'phone', 'summary'),
        email: { type: 'string', format: 'email' },
        url,
        location: { type: 'object', properties: texts('address'), additionalProperties: false },
        profiles: objects({ url }),
      },
      additionalProperties: false,
    },
    work: objects({ ...texts('name', 'position', 'location'), ...dates, highlights }),
    education: objects({ ...texts('institution', 'studyType'), ...dates }),
    skills: objects(texts('name')),
    projects: objects({ ...texts('name'), ...dates, highlights }),
    languages: objects(texts('language', 'fluency')),
  },
  additionalProperties: false,
});

const valueAt = (resume: object, pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], resume);

describe('the reading of any text', () => {
  const words = [
    'Experience',
    'Skills',
    'Languages',
    'Projects',
    '2019 – 2021',
    '- ',
    '職務経歴',
    '💡,',
    'a, b',
  ];
  const line = fc.oneof(
    fc.constantFrom(...words),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.lorem({ maxCount: 12 }),
  );
  const reading = (text: string) => readingOf(documentOf(readPlainText(text)));

  test('can be stored, and each span is that of a value within the text', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { resume, spans, text } = reading(lines.join('\n'));
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        for (const { pointer, start, end } of spans) {
          const value = valueAt(resume, pointer) as string;
          expect([pointer, value.isWellFormed()]).toEqual([pointer, true]);
          expect(0 <= start && start < end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    'a, ',
    'a,\n',
    '- a\n',
    '- 職務経歴職務経歴職務経歴\n',
    'a.de ',
    'a\n2019 – 2020\n',
    'Skills\na\n',
  ])(
    'of the longest that is nothing but %j is bounded, and its values are the first ones',
    (piece) => {
      for (const heading of ['Skills', 'Languages', 'Experience', 'Contact', 'Projects']) {
        const { resume, spans, text } = reading(`${heading}\n${piece.repeat(60_000)}`);
        expect(text.length).toBeLessThanOrEqual(50_000);
        const bytes = Buffer.byteLength(JSON.stringify({ resume, spans }));
        expect([heading, bytes < 1.1 * LONGEST_READING]).toEqual([heading, true]);
        for (const { pointer } of spans) {
          expect([pointer, typeof valueAt(resume, pointer)]).toEqual([pointer, 'string']);
        }
        expect(isJsonResume(resume)).toBe(true);
      }
    },
  );
});
