import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResumeFile } from '#platform/resumes/documents/read-file.ts';
import { isoMonth } from '#platform/resumes/structure/dates.ts';
import {
  structureOf,
  type Found,
  type ResumeStructure,
} from '#platform/resumes/structure/structure.ts';
import { PARTS, type Person } from './person.ts';

const FILES = join(import.meta.dirname, 'files');
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
  txt: 'text/plain',
  md: 'text/markdown',
};

/** What was found of a field: right ones, wrong ones, and those that were missed. */
export interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

/** A resume that was read, and what must be found in it. */
export interface ReadCase {
  readonly file: string;
  readonly person: Person;
  readonly structure: ResumeStructure;
  readonly text: string;
}

/** Reads all resumes, or those that a person's id is chosen of. */
export async function readCases(
  isChosen: (id: string) => boolean = () => true,
): Promise<ReadCase[]> {
  const cases: ReadCase[] = [];
  for (const file of readdirSync(FILES).sort()) {
    const [id = ''] = file.split('-');
    if (!isChosen(id)) continue;
    const person = JSON.parse(
      readFileSync(join(import.meta.dirname, 'people', `${id}.json`), 'utf8'),
    ) as Person;
    const document = await readResumeFile(
      readFileSync(join(FILES, file)),
      TYPES[file.split('.')[1] ?? ''] ?? '',
    );
    cases.push({ file, person, structure: structureOf(document), text: document.text });
  }
  return cases;
}

/** What must be found of each field, and what was. */
export function fieldsOf({
  person,
  structure,
}: ReadCase): Record<string, readonly [expected: string[], found: string[]]> {
  const values = (list: readonly (Found | null)[]) =>
    list.flatMap((one) => (one ? [bare(one.value)] : []));
  const { contact, sections, work, education } = structure;
  return {
    name: [[bare(person.name)], values([contact.name])],
    email: [[bare(person.email)], values([contact.email])],
    phone: [
      [person.phone.replace(/\D/g, '')],
      values([contact.phone]).map((one) => one.replace(/\D/g, '')),
    ],
    url: [person.url === null ? [] : [bare(person.url)], values(contact.urls)],
    location: [[bare(person.location)], values([contact.location])],
    sections: [
      PARTS.map((part) => `${part} ${bare(person.titles[part])}`),
      sections
        .filter(({ name }) => name !== 'contact')
        .map(({ name, heading }) => `${name} ${bare(heading.value)}`),
    ],
    titles: [person.jobs.map(({ title }) => bare(title)), values(work.map(({ title }) => title))],
    employers: [
      person.jobs.map(({ employer }) => bare(employer)),
      values(work.map(({ name }) => name)),
    ],
    dates: [
      person.jobs.map(({ from, until }) => `${from} ${until ?? 'now'}`),
      work.flatMap(({ period }) =>
        period ? [`${isoMonth(period.from)} ${period.until ? isoMonth(period.until) : 'now'}`] : [],
      ),
    ],
    highlights: [
      person.jobs.flatMap(({ points }) => points.map(bare)),
      work.flatMap(({ highlights }) => values(highlights)),
    ],
    schools: [
      person.schools.map(({ school }) => bare(school)),
      values(education.map(({ name }) => name)),
    ],
    degrees: [
      person.schools.map(({ degree }) => bare(degree)),
      values(education.map(({ title }) => title)),
    ],
    skills: [person.skills.map(bare), values(structure.skills)],
    languages: [
      person.languages.map(([one]) => bare(one)),
      values(structure.languages.map(({ language }) => language)),
    ],
  };
}

/** Letters and digits only: line breaks and the marks between are not what is asked for. */
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

export function tally([expected, found]: readonly [string[], string[]]): Tally {
  const rest = [...expected];
  let right = 0;
  for (const one of found) {
    const at = rest.indexOf(one);
    if (at === -1) continue;
    rest.splice(at, 1);
    right++;
  }
  return { right, wrong: found.length - right, missed: rest.length };
}

/** The tallies of all fields over many resumes. */
export function tallies(cases: readonly ReadCase[]): Map<string, Tally> {
  const sums = new Map<string, Tally>();
  for (const one of cases) {
    for (const [field, values] of Object.entries(fieldsOf(one))) {
      const sum = sums.get(field) ?? { right: 0, wrong: 0, missed: 0 };
      const { right, wrong, missed } = tally(values);
      sums.set(field, {
        right: sum.right + right,
        wrong: sum.wrong + wrong,
        missed: sum.missed + missed,
      });
    }
  }
  return sums;
}

export const precision = ({ right, wrong }: Tally) =>
  right + wrong === 0 ? 1 : right / (right + wrong);
export const recall = ({ right, missed }: Tally) =>
  right + missed === 0 ? 1 : right / (right + missed);
