import { styleText } from 'node:util';
import type { JudgedChange, Report } from '#schema/check/report.ts';
import type { AffectedOperation, Finding } from '#schema/finding.ts';
import type { MovesReport } from '#schema/moves/moves-report.ts';

const SIGNS = { error: '✖', warning: '⚠', info: 'ℹ' } as const;
const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** A report for a terminal. Colours only where the terminal shows them. */
export function reportText(report: Report): string {
  const { findings, ignored, changes, moves } = report;
  return [
    headline(report),
    ...(report.base === null ? [] : [changes ? changesText(changes) : NOT_COMPARED]),
    ...(moves && moves.labels.length > 0 ? [movesText(moves)] : []),
    ...(findings.length > 0 ? [findingsText(findings)] : []),
    ...(ignored.length > 0 ? [`${ignored.length} accepted by schema/policy.yaml.`] : []),
    conclusion(report),
  ].join('\n\n');
}

function headline({ base, counts }: Report): string {
  const against = base === null ? '' : ` against ${base}`;
  return styleText(
    'bold',
    `Schema check${against}: ${counts.subgraphs} subgraphs, ${counts.operations} operations of clients`,
  );
}

/** In a word how it ended, and with what. */
export function conclusion({ passed, counts }: Report): string {
  const { errors, warnings, infos } = counts;
  const what = `${errors} error(s), ${warnings} warning(s), ${infos} remark(s)`;
  return passed
    ? styleText('green', `✔ The schema passes: ${what}.`)
    : styleText('red', `✖ The schema does not pass: ${what}.`);
}

/** What to know where there is a base, and no graph to compare with it. */
export const NOT_COMPARED = 'Nothing was compared: the subgraphs do not compose.';

/** How many changes there are of each kind, and the safe ones in short: the others are findings. */
function changesText(changes: readonly JudgedChange[]): string {
  if (changes.length === 0) return 'Clients see the same schema as before.';
  const breaking = changes.filter(({ criticality }) => criticality === 'breaking');
  const inUse = breaking.filter(({ operations }) => operations.length > 0).length;
  const dangerous = changes.filter(({ criticality }) => criticality === 'dangerous').length;
  const safe = changes.filter(({ criticality }) => criticality === 'safe');
  const lines = safe
    .filter(({ code }) => code !== 'description-changed')
    .map(({ message }) => `  ✔ ${message}`);
  const described = safe.length - lines.length;
  return [
    `Changes: ${breaking.length} breaking (${inUse} in use), ${dangerous} dangerous, ${safe.length} safe.`,
    ...lines,
    ...(described > 0 ? [`  ✔ ${described} description(s) change.`] : []),
  ].join('\n');
}

const ASSUMED =
  '  Their stages are not known: none is taken as sealed that --sealed does not name. --stages control reads them.';

/** How far the moves are, one line for each label. */
export function movesText({ labels, operations, remaining }: MovesReport): string {
  const lines = labels.map(({ name, subgraph, stage, fields, removable }) => {
    const own = operations.filter((operation) => operation.labels.includes(name));
    const done = removable.length > 0 ? `, ${removable.length} @override can be removed` : '';
    const where = stage === null ? '' : `${stage}, `;
    return `  ${name.padEnd(12)} ${where}${fields.length} fields to ${subgraph}, ${own.length} operations depend on it${done}`;
  });
  const states = operations.reduce((sum, operation) => sum + operation.states.length, 0);
  return [
    `Moves: ${operations.length} operations planned in ${states} states of their labels.`,
    ...lines,
    ...(labels.some(({ stage }) => stage === null) ? [ASSUMED] : []),
    remaining.length > 0
      ? `  Nothing moves ${remaining.length} fields of the old side: ${remaining.slice(0, 5).join(', ')}${remaining.length > 5 ? ', …' : ''}`
      : '  Nothing stays on the old side.',
  ].join('\n');
}

/** The most findings of one rule that are written out, unless they are errors. */
const OF_ONE_RULE = 5;

/**
 * Findings as lines for a terminal: the place, what is so, who it concerns, what to do. Of what is no error only the
 * first few of each rule.
 */
export function findingsText(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  const lines = findings.flatMap((finding) => {
    const count = (counts.get(finding.rule) ?? 0) + 1;
    counts.set(finding.rule, count);
    return finding.severity === 'error' || count <= OF_ONE_RULE ? [findingText(finding)] : [];
  });
  const left = [...counts].flatMap(([rule, count]) => {
    const isGrave = findings.some((one) => one.rule === rule && one.severity === 'error');
    return count > OF_ONE_RULE && !isGrave
      ? [`  … and ${count - OF_ONE_RULE} more of ${rule}`]
      : [];
  });
  return [...lines, ...left].join('\n');
}

function findingText({ severity, message, rule, at, mend, operations }: Finding): string {
  const [first = '', ...rest] = message.split('\n');
  const lines = [
    `${styleText(COLOURS[severity], SIGNS[severity])} ${first}  ${styleText('dim', `[${rule}]`)}`,
    ...rest,
    ...(at ? [styleText('dim', `${at.file}:${at.line}:${at.column}`)] : []),
    ...(operations?.length && !operations.some(({ name }) => message.startsWith(name))
      ? [`breaks ${operationsText(operations)}`]
      : []),
    ...(mend === undefined ? [] : [`→ ${mend}`]),
  ];
  return lines.map((line, index) => (index === 0 ? line : `    ${line}`)).join('\n');
}

/** The most operations that are named in one place. */
const NAMED = 5;

/** Operations with their clients, the versions of these, how often they are sent and when last; the most frequent first. */
export function operationsText(operations: readonly AffectedOperation[]): string {
  const named = operations
    .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, NAMED)
    .map(({ name, client, versions = [], count, lastSeen }) => {
      const which = versions.length === 0 ? '' : ` ${versionsText(versions)}`;
      const times = count === undefined ? '' : `, ${count.toLocaleString('en')} times`;
      const last = lastSeen === undefined ? '' : `, last on ${lastSeen.slice(0, 10)}`;
      return `${name} (${client}${which}${times}${last})`;
    });
  const left = operations.length - named.length;
  return [...named, ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
}

/** The first and the last few of many versions. */
function versionsText(versions: readonly string[]): string {
  if (versions.length <= NAMED) return versions.join(' and ');
  return `${versions.slice(0, NAMED - 1).join(', ')} and ${versions.length - NAMED + 1} more versions`;
}
