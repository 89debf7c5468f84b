import { beforeAll, describe, expect, test } from 'vitest';
import { jsonResume } from '#platform/resumes/structure/json-resume.ts';
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
      return tally && Math.min(precision(tally), recall(tally)) >= least - 0.1 ? [] : [field];
    });
    expect(low).toEqual([]);
  });

  test('every value stands in the text at its span', () => {
    for (const { structure, text, file } of cases) {
      const { resume, spans } = jsonResume(structure);
      const at = (pointer: string) =>
        pointer
          .split('/')
          .slice(1)
          .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], resume);
      for (const [pointer, { start, end }] of Object.entries(spans)) {
        // Dates are normalized, and a point may go over several lines.
        if (pointer.endsWith('Date')) continue;
        const plain = (value: string) => value.replace(/\s+/g, ' ');
        expect([file, pointer, plain(text.slice(start, end))]).toEqual([
          file,
          pointer,
          plain(String(at(pointer))),
        ]);
      }
    }
  });
});
