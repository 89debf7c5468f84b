import type { JudgedChange, Report } from '#schema/check/report.ts';
import type { Finding } from '#schema/finding.ts';
import { NOT_COMPARED, operationsText } from './text.ts';

/** The most lines of a table: a comment on GitHub holds 65,536 characters. */
const MOST_ROWS = 100;

/** A report for a comment on a pull request. */
export function reportMarkdown(report: Report): string {
  const { base, passed, counts, changes, findings, ignored, moves } = report;
  const title = passed ? '✅ The schema passes' : '❌ The schema does not pass';
  const told = `${counts.errors} error(s), ${counts.warnings} warning(s), ${counts.infos} remark(s)`;
  const compared = base === null ? '' : `, compared with \`${base}\``;
  return [
    `### ${title}`,
    base !== null && changes === null
      ? `${told}. ${NOT_COMPARED}`
      : `${told}${compared}; judged by ${counts.operations} operations of clients.`,
    ...(changes && changes.length > 0 ? [changeTable(changes)] : []),
    ...(findings.length > 0 ? [findingList(findings)] : []),
    ...(moves && moves.operations.length > 0 ? [moveTable(report)] : []),
    ...(ignored.length > 0
      ? [
          details(
            `${ignored.length} accepted`,
            ignored
              .map(
                ({ finding, because, until }) =>
                  `- \`${finding.rule}\` ${code(finding.path)} until ${until}: ${because}`,
              )
              .join('\n'),
          ),
        ]
      : []),
  ].join('\n\n');
}

function changeTable(changes: readonly JudgedChange[]): string {
  const rows = changes.slice(0, MOST_ROWS).map(({ criticality, message, surfaces, operations }) => {
    const used = operations.length > 0 ? operationsText(operations) : '';
    return `| ${criticality} | ${cell(message)} | ${surfaces.join(', ')} | ${cell(used)} |`;
  });
  const left = changes.length - rows.length;
  return [
    '| change | what | where | operations that break |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(left > 0 ? [`| | and ${left} more | | |`] : []),
  ].join('\n');
}

function findingList(findings: readonly Finding[]): string {
  const signs = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const;
  const line = ({ severity, rule, message, mend, at, operations }: Finding): string =>
    [
      `- ${signs[severity]} ${message.replaceAll('\n', ' ')} (\`${rule}\`)`,
      ...(at ? [`  \`${at.file}:${at.line}\``] : []),
      ...(operations?.length ? [`  ${operationsText(operations)}`] : []),
      ...(mend === undefined ? [] : [`  → ${mend}`]),
    ].join('  \n');
  const grave = findings.filter(({ severity }) => severity === 'error').slice(0, MOST_ROWS);
  const rest = findings.filter(({ severity }) => severity !== 'error');
  return [
    ...(grave.length > 0 ? [grave.map(line).join('\n')] : []),
    ...(rest.length > 0
      ? [
          details(
            `${rest.length} warning(s) and remark(s)`,
            rest.slice(0, MOST_ROWS).map(line).join('\n'),
          ),
        ]
      : []),
  ].join('\n\n');
}

function moveTable({ moves }: Report): string {
  const rows = (moves?.labels ?? []).map(({ name, subgraph, fields, removable }) => {
    const own = moves?.operations.filter(({ labels }) => labels.includes(name)) ?? [];
    return `| ${name} | ${subgraph} | ${fields.length} | ${own.length} | ${removable.length} |`;
  });
  return details(
    'Moves',
    [
      '| label | to | fields | operations that depend on it | overrides that can be removed |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  );
}

function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
