import type { Change } from '#schema/changes/change.ts';
import { compare } from '#schema/compare.ts';
import type { AffectedOperation, Finding, Severity } from '#schema/finding.ts';
import type { MovesReport } from '#schema/moves/moves-report.ts';
import type { Ignored } from '#schema/rules/apply-policy.ts';

/** A change of the schema, judged by who uses it. */
export interface JudgedChange extends Change {
  /** Where it is seen: `api`, and the names of contracts. */
  readonly surfaces: readonly string[];
  /** The operations that it harms. */
  readonly operations: readonly AffectedOperation[];
  /** How grave the policy takes it; `off` is never told. */
  readonly severity: Severity | 'off';
}

/** What a check has found. */
export interface Report {
  /** What the schema was compared with; null where it was not. */
  readonly base: string | null;
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly ignored: readonly Ignored[];
  /** null where nothing was compared: there is no base, or the subgraphs do not compose. */
  readonly changes: readonly JudgedChange[] | null;
  /** null where the moves were not looked at. */
  readonly moves: MovesReport | null;
  readonly counts: {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly subgraphs: number;
    /** How many operations of clients the changes were judged by. */
    readonly operations: number;
  };
}

/** Findings as a report has them, with how many they are, and whether they let a schema pass. */
export function countedFindings(
  findings: readonly Finding[],
  { subgraphs, operations }: Pick<Report['counts'], 'subgraphs' | 'operations'>,
): Pick<Report, 'passed' | 'findings' | 'counts'> {
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const errors = count('error');
  return {
    passed: errors === 0,
    findings,
    counts: { errors, warnings: count('warning'), infos: count('info'), subgraphs, operations },
  };
}

const ORDER = ['error', 'warning', 'info'] as const;

/** Findings in the order in which a person should read them: the gravest first, then by file and line. */
export function inReadingOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
      compare(a.at?.file ?? '', b.at?.file ?? '') ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      compare(a.rule, b.rule) ||
      compare(a.path ?? '', b.path ?? ''),
  );
}
