/** Somebody who does not exist, with what a reader of the resume must find. */
export interface Person {
  readonly id: string;
  readonly language: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly url: string | null;
  readonly location: string;
  /** The titles of the parts, in their order. */
  readonly titles: Readonly<Record<PartName, string>>;
  readonly summary: string;
  readonly jobs: readonly Job[];
  readonly schools: readonly School[];
  readonly skills: readonly string[];
  readonly languages: readonly (readonly [language: string, fluency: string])[];
  /** How the header of an entry is set. */
  readonly entries: EntryStyle;
}

export type PartName = 'summary' | 'experience' | 'education' | 'skills' | 'languages';
export const PARTS: readonly PartName[] = [
  'summary',
  'experience',
  'education',
  'skills',
  'languages',
];

/** How titles, names and dates stand on the lines of an entry. */
export type EntryStyle = 'commas' | 'two lines' | 'dates first' | 'stacked' | 'brackets' | 'bars';

export interface Job {
  readonly title: string;
  readonly employer: string;
  readonly place: string;
  /** As it is written, and what it means: `2019-04`, or `2019`; null: until now. */
  readonly dates: string;
  readonly from: string;
  readonly until: string | null;
  readonly points: readonly string[];
}

export interface School {
  readonly degree: string;
  readonly school: string;
  readonly dates: string;
  readonly until: string;
}

/** The lines above the points of an entry; a tab sets the right part of a line apart. */
export function headerLines(
  style: EntryStyle,
  title: string,
  name: string,
  place: string | null,
  dates: string,
): string[] {
  const at = place === null ? '' : `, ${place}`;
  switch (style) {
    case 'commas':
      return [`${title}, ${name}${at}\t${dates}`];
    case 'two lines':
      return [`${name}\t${dates}`, place === null ? title : `${title}\t${place}`];
    case 'dates first':
      return [`${dates}\t${title}, ${name}`];
    case 'stacked':
      return [title, place === null ? name : `${name} | ${place}`, dates];
    case 'brackets':
      return [`${title}, ${name} (${dates})`];
    default:
      return [`${title} | ${name} | ${dates}`];
  }
}
