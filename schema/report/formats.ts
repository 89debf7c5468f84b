import type { Report } from '#schema/check/report.ts';
import { OptionError } from '#schema/option-error.ts';
import { reportGithub } from './github.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';
import { reportText } from './text.ts';

/** The ways to write a report. */
export const FORMATS = {
  text: reportText,
  json: (report: Report): string => JSON.stringify({ version: 1, ...report }, null, 2),
  markdown: reportMarkdown,
  github: reportGithub,
  junit: reportJunit,
} as const;

/** A format of a report by its name. @throws OptionError that lists the formats */
export function formatNamed(name: string): (report: Report) => string {
  return formatAmong<(report: Report) => string>(FORMATS, name);
}

/** A format by its name, among those of a command. @throws OptionError that lists the formats */
export function formatAmong<Format>(
  formats: Readonly<Record<string, Format>>,
  name: string,
): Format {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  throw new OptionError(`There is no format "${name}": use ${Object.keys(formats).join(', ')}.`);
}
