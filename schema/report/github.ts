import type { Report } from '#schema/check/report.ts';
import type { Finding } from '#schema/finding.ts';
import { operationsText } from './text.ts';

/** The commands of a workflow run that put findings on the lines of a pull request. */
export function reportGithub(report: Report): string {
  return report.findings.map(annotation).join('\n');
}

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

function annotation({ severity, rule, message, mend, at, operations }: Finding): string {
  const place = at ? `file=${property(at.file)},line=${at.line},col=${at.column},` : '';
  const text = [
    message,
    ...(operations?.length ? [operationsText(operations)] : []),
    ...(mend === undefined ? [] : [`→ ${mend}`]),
  ].join('\n');
  return `::${COMMANDS[severity]} ${place}title=${property(rule)}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
