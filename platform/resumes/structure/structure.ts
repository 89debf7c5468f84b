import type { DocumentText, PlacedLine, Span } from '../documents/document.ts';
import type { SectionName } from '../languages/words.ts';
import { readContact } from './contact.ts';
import { readEntries, type Entry } from './entries.ts';
import { readItems, readSpokenLanguages, type SpokenLanguage } from './items.ts';
import { languageOf } from './language.ts';
import { sectionsOf } from './sections.ts';

/** A value, and where it was read. */
export interface Found extends Span {
  readonly value: string;
}

/** A part of a resume: its title, and the lines below it. */
export interface Section extends Span {
  readonly name: SectionName;
  readonly heading: Found;
  readonly lines: readonly PlacedLine[];
}

export interface Contact {
  readonly name: Found | null;
  readonly email: Found | null;
  readonly phone: Found | null;
  readonly urls: readonly Found[];
  readonly location: Found | null;
}

/** What was read from the text of a resume, each value with its place. */
export interface ResumeStructure {
  /** ISO 639-1. */
  readonly language: string;
  readonly sections: readonly Section[];
  readonly contact: Contact;
  readonly summary: Found | null;
  readonly work: readonly Entry[];
  readonly education: readonly Entry[];
  readonly projects: readonly Entry[];
  readonly skills: readonly Found[];
  readonly languages: readonly SpokenLanguage[];
}

/** Reads the parts of a resume and what stands in them. Pure, and its time is linear in the length of the text. */
export function structureOf(document: DocumentText): ResumeStructure {
  const sections = sectionsOf(document);
  const linesIn = (name: SectionName) =>
    sections.filter((one) => one.name === name).flatMap(({ lines }) => lines);
  const summary = linesIn('summary');
  const [first, last] = [summary[0], summary.at(-1)];
  return {
    language: languageOf(document.text),
    sections,
    contact: readContact(document, sections),
    summary:
      first && last
        ? { value: document.text.slice(first.start, last.end), start: first.start, end: last.end }
        : null,
    work: readEntries(linesIn('experience'), 'work'),
    education: readEntries(linesIn('education'), 'education'),
    projects: readEntries(linesIn('projects'), 'projects'),
    skills: readItems(linesIn('skills')),
    languages: readSpokenLanguages(linesIn('languages')),
  };
}
