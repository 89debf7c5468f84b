import type { Span } from '../documents/document.ts';
import { isoMonth, type Moment } from './dates.ts';
import type { Entry } from './entries.ts';
import type { Found, ResumeStructure } from './structure.ts';

/** A resume in the JSON Resume schema 1.0.0 (jsonresume.org/schema). */
export interface JsonResume {
  readonly basics: Readonly<Record<string, unknown>>;
  readonly work: readonly object[];
  readonly education: readonly object[];
  readonly skills: readonly object[];
  readonly projects: readonly object[];
  readonly languages: readonly object[];
}

/** A JSON Resume, and the span of the text that each of its values was read from, by JSON Pointer (RFC 6901). */
export interface ReadResume {
  readonly resume: JsonResume;
  readonly spans: Readonly<Record<string, Span>>;
}

/** What was read, in the JSON Resume schema. Values that were not found are left out. */
export function jsonResume(structure: ResumeStructure): ReadResume {
  const spans: Record<string, Span> = {};
  const value = (pointer: string, found: Found | null) => {
    if (!found) return undefined;
    spans[pointer] = { start: found.start, end: found.end };
    return found.value;
  };
  const { contact, summary } = structure;
  const list = <Item>(
    path: string,
    items: readonly Item[],
    write: (item: Item, path: string) => object,
  ) => items.map((item, index) => write(item, `/${path}/${index}`));
  const dates = ({ period, periodSpan }: Entry, path: string) => ({
    ...(period &&
      !period.isPoint && { startDate: isoOf(period.from, value(`${path}/startDate`, periodSpan)) }),
    ...(period?.until && { endDate: isoOf(period.until, value(`${path}/endDate`, periodSpan)) }),
  });
  const resume = {
    basics: {
      name: value('/basics/name', contact.name),
      email: value('/basics/email', contact.email),
      phone: value('/basics/phone', contact.phone),
      url: value('/basics/url', contact.urls[0] ?? null),
      summary: value('/basics/summary', summary),
      ...(contact.location && {
        location: { address: value('/basics/location/address', contact.location) },
      }),
      profiles: list('basics/profiles', contact.urls.slice(1), (url, path) => ({
        url: value(`${path}/url`, url),
      })),
    },
    work: list('work', structure.work, (entry, path) => ({
      name: value(`${path}/name`, entry.name),
      position: value(`${path}/position`, entry.title),
      location: value(`${path}/location`, entry.location),
      ...dates(entry, path),
      highlights: entry.highlights.map((one, index) => value(`${path}/highlights/${index}`, one)),
    })),
    education: list('education', structure.education, (entry, path) => ({
      institution: value(`${path}/institution`, entry.name),
      studyType: value(`${path}/studyType`, entry.title),
      ...dates(entry, path),
    })),
    skills: list('skills', structure.skills, (skill, path) => ({
      name: value(`${path}/name`, skill),
    })),
    projects: list('projects', structure.projects, (entry, path) => ({
      name: value(`${path}/name`, entry.name),
      ...dates(entry, path),
      highlights: entry.highlights.map((one, index) => value(`${path}/highlights/${index}`, one)),
    })),
    languages: list('languages', structure.languages, ({ language, fluency }, path) => ({
      language: value(`${path}/language`, language),
      fluency: value(`${path}/fluency`, fluency),
    })),
  };
  // What is undefined is not there.
  return { resume: JSON.parse(JSON.stringify(resume)) as JsonResume, spans };
}

const isoOf = (moment: Moment, _written: string | undefined) => isoMonth(moment);
