import type { DocumentText, Span } from '../documents/document.ts';
import { isoMonth, type Moment } from './dates.ts';
import type { Entry } from './entries.ts';
import { structureOf, type Found, type ResumeStructure } from './structure.ts';

/** A resume in the JSON Resume schema 1.0.0 (jsonresume.org/schema). */
export interface JsonResume {
  readonly basics: Readonly<Record<string, unknown>>;
  readonly work: readonly object[];
  readonly education: readonly object[];
  readonly skills: readonly object[];
  readonly projects: readonly object[];
  readonly languages: readonly object[];
}

/** Where a value of a JSON Resume was read. */
export interface ReadSpan extends Span {
  /** Of the value in the JSON Resume, as JSON Pointer (RFC 6901). */
  readonly pointer: string;
}

/** What was read from a document, as both sides store it with the review. */
export interface ResumeReading {
  readonly resume: JsonResume;
  /** In the order of the JSON Resume; counted in UTF-16 code units of the text. */
  readonly spans: ReadSpan[];
  /** At most `LONGEST_TEXT` characters. */
  readonly text: string;
}

/**
 * Bytes that a JSON Resume and its spans have as JSON, more or less: those of fifteen pages and more. A text that is nothing
 * but commas would be given as something many times as long, and hundreds of readings are carried at once when reviews move.
 */
export const LONGEST_READING = 100_000;
/** What a value has as JSON beside itself and its pointer. */
const AROUND_VALUE = 60;

/** Reads a document. The same text always has the same reading, whoever reviews it. */
export const readingOf = (document: DocumentText): ResumeReading => ({
  ...jsonResume(structureOf(document)),
  text: document.text,
});

/** What was read, in the JSON Resume schema. Values that were not found are left out, and the last ones of far too many. */
export function jsonResume(structure: ResumeStructure): Omit<ResumeReading, 'text'> {
  const spans: ReadSpan[] = [];
  let room = LONGEST_READING;
  const value = (pointer: string, found: Found | null) => {
    if (!found || room <= 0) return undefined;
    room -= Buffer.byteLength(JSON.stringify(found.value)) + pointer.length + AROUND_VALUE;
    if (room <= 0) return undefined;
    spans.push({ pointer, start: found.start, end: found.end });
    return found.value;
  };
  const { contact, summary } = structure;
  const list = <Item, Written>(
    path: string,
    items: readonly Item[],
    write: (item: Item, path: string) => Written,
  ): Written[] =>
    items.flatMap((item, index) => (room > 0 ? [write(item, `${path}/${index}`)] : []));
  const highlights = (entry: Entry, path: string) => {
    // A mark of a list may have nothing behind it.
    const said = entry.highlights.filter((one) => one.value !== '');
    const written = list(`${path}/highlights`, said, (one, at) => value(at, one));
    return written.filter((one) => one !== undefined);
  };
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
      url: uriOf(value('/basics/url', contact.urls[0] ?? null)),
      summary: value('/basics/summary', summary),
      ...(contact.location && {
        location: { address: value('/basics/location/address', contact.location) },
      }),
      profiles: list('/basics/profiles', contact.urls.slice(1), (url, path) => ({
        url: uriOf(value(`${path}/url`, url)),
      })),
    },
    work: list('/work', structure.work, (entry, path) => ({
      name: value(`${path}/name`, entry.name),
      position: value(`${path}/position`, entry.title),
      location: value(`${path}/location`, entry.location),
      ...dates(entry, path),
      highlights: highlights(entry, path),
    })),
    education: list('/education', structure.education, (entry, path) => ({
      institution: value(`${path}/institution`, entry.name),
      studyType: value(`${path}/studyType`, entry.title),
      ...dates(entry, path),
    })),
    skills: list('/skills', structure.skills, (skill, path) => ({
      name: value(`${path}/name`, skill),
    })),
    projects: list('/projects', structure.projects, (entry, path) => ({
      name: value(`${path}/name`, entry.name),
      ...dates(entry, path),
      highlights: highlights(entry, path),
    })),
    languages: list('/languages', structure.languages, ({ language, fluency }, path) => ({
      language: value(`${path}/language`, language),
      fluency: value(`${path}/fluency`, fluency),
    })),
  };
  // What is undefined is not there.
  return { resume: JSON.parse(JSON.stringify(resume)) as JsonResume, spans };
}

const isoOf = (moment: Moment, written: string | undefined) =>
  written === undefined ? undefined : isoMonth(moment);

/** The schema asks for a URI, and people leave out how it begins. */
const uriOf = (written: string | undefined) =>
  written && (/^https?:/i.test(written) ? written : `https://${written}`);
