import type { Finding } from '#schema/finding.ts';
import type { Ignore, Policy } from './policy.ts';

/** A finding that the policy accepts. */
export interface Ignored {
  readonly finding: Finding;
  readonly because: string;
  /** The last day, as `2026-12-31`. */
  readonly until: string;
}

/** Findings as the policy sees them. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly ignored: readonly Ignored[];
}

/**
 * Folds a policy over findings: severities of rules, then ignores. An ignore whose day is over counts no more, and says
 * so; one that nothing needs says so as well.
 *
 * @param isComplete whether every rule has run: only then an ignore can be known to be needless
 */
export function applyPolicy(
  findings: readonly Finding[],
  policy: Policy,
  now: Date,
  isComplete: boolean,
): Judged {
  const today = now.toISOString().slice(0, 10);
  const weighed = findings.flatMap((finding): Finding[] => {
    const severity = policy.rules[finding.rule] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
  const ignored: Ignored[] = [];
  const needed = new Set<Ignore>();
  const left = weighed.filter((finding) => {
    const about = policy.ignores.filter((candidate) => isAbout(candidate, finding));
    // One that still holds is not hidden by an older one.
    const ignore = about.find(({ until }) => until >= today) ?? about[0];
    if (!ignore) return true;
    needed.add(ignore);
    if (ignore.until < today) return true;
    ignored.push({ finding, because: ignore.because, until: ignore.until });
    return false;
  });
  const remarks = policy.ignores.flatMap((ignore) => {
    const remark = remarkOn(ignore, needed.has(ignore), today);
    return remark && (isComplete || needed.has(ignore)) ? [remark] : [];
  });
  return { findings: [...left, ...remarks], ignored };
}

/** Why there is no graph: no policy can accept that. Where one tries to, the finding says so. */
export function unacceptable(refusals: readonly Finding[], policy: Policy): Finding[] {
  return refusals.map((finding) => {
    const isWeighed = (policy.rules[finding.rule] ?? 'error') !== 'error';
    if (!isWeighed && !policy.ignores.some((ignore) => isAbout(ignore, finding))) return finding;
    const why = `schema/policy.yaml cannot accept ${finding.rule}: what does not compose cannot be served.`;
    return { ...finding, message: `${finding.message} (${why})` };
  });
}

function remarkOn(
  { rule, path, until, because }: Ignore,
  isNeeded: boolean,
  today: string,
): Finding | null {
  if (!isNeeded) {
    return {
      rule: 'ignore-needless',
      severity: 'info',
      path,
      message: `${rule} at \`${path}\` is accepted until ${until}, and not found any more.`,
      mend: 'Take it out of schema/policy.yaml.',
    };
  }
  if (until >= today) return null;
  return {
    rule: 'ignore-expired',
    severity: 'warning',
    path,
    message: `${rule} at \`${path}\` was accepted until ${until}: ${because}`,
    mend: 'Mend it, or set a new day in schema/policy.yaml.',
  };
}

function isAbout({ rule, path }: Ignore, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  const about = finding.path ?? '';
  return path.endsWith('*') ? about.startsWith(path.slice(0, -1)) : about === path;
}
