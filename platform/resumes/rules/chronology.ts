import type { Entry } from '../structure/entries.ts';
import { isoMonth, type Moment } from '../structure/dates.ts';
import type { ReviewedResume } from './reviewed-resume.ts';
import { quoted, quotedLine, SOURCES, type Finding, type ReviewRule } from './rule.ts';

const months = ({ year, month }: Moment, unknown: number) => year * 12 + (month ?? unknown);
const startOf = ({ period }: Entry) => (period ? months(period.from, 1) : 0);
/** A position that is still held ends later than all others. */
const endOf = ({ period }: Entry) =>
  period?.until ? months(period.until, 12) : Number.POSITIVE_INFINITY;
const quoteOf = (resume: ReviewedResume, { periodSpan, title, name }: Entry) =>
  quotedLine(resume, periodSpan ?? title ?? name);

const NO_PERIODS: Finding = {
  severity: 'WARNING',
  message: 'No position says from when to when it was held.',
  suggestion: 'Give each position its years, such as "2019 – 2023".',
};

/** Each position says from when to when. */
export const datesRule: ReviewRule = {
  id: 'dates',
  agent: 'structure',
  section: 'Chronology',
  weight: 3,
  source: SOURCES.mit,
  judge: (resume) => {
    const {
      structure: { work },
      dated,
    } = resume;
    if (dated.length === 0) return { score: 0, findings: [NO_PERIODS] };
    const undated = work.find((entry) => !dated.includes(entry));
    const backwards = dated.find((entry) => endOf(entry) < startOf(entry));
    const findings: Finding[] = [];
    if (backwards)
      findings.push({
        severity: 'WARNING',
        message: 'A position ends before it begins.',
        evidence: quoteOf(resume, backwards),
        suggestion: 'Check its dates.',
      });
    if (undated)
      findings.push({
        severity: 'WARNING',
        message: 'A position does not say from when to when it was held.',
        evidence: quoteOf(resume, undated),
        suggestion: 'Add its dates.',
      });
    if (findings.length === 0)
      findings.push({
        severity: 'PRAISE',
        message: 'Each position says from when to when it was held.',
        evidence: quoteOf(resume, dated[0]!),
      });
    return { score: Math.max(0, 100 - (backwards ? 60 : 0) - (undated ? 50 : 0)), findings };
  },
};

/** The latest position comes first. */
export const orderRule: ReviewRule = {
  id: 'order',
  agent: 'structure',
  section: 'Chronology',
  weight: 2,
  source: SOURCES.harvard,
  judge: (resume) => {
    const { dated } = resume;
    if (dated.length < 2) return null;
    const wrong = dated.findIndex(
      (entry, index) =>
        index > 0 &&
        startOf(entry) > startOf(dated[index - 1]!) &&
        endOf(entry) > endOf(dated[index - 1]!),
    );
    if (wrong === -1) return { score: 100, findings: [] };
    const finding: Finding = {
      severity: 'WARNING',
      message: 'An older position stands above a later one.',
      evidence: quoteOf(resume, dated[wrong]!),
      suggestion: 'Begin with the latest position, and go back in time.',
    };
    return { score: 30, findings: [finding] };
  },
};

/** Months without a position from which on a reader asks. */
const LONGEST_GAP = 7;

/** A gap is better explained than found. */
export const gapsRule: ReviewRule = {
  id: 'gaps',
  agent: 'structure',
  section: 'Chronology',
  weight: 2,
  source: SOURCES.mit,
  judge: (resume) => {
    const {
      dated,
      structure: { education },
    } = resume;
    if (dated.length < 2) return null;
    const studies = education.filter(({ period }) => period && !period.isPoint);
    const all = [...dated, ...studies].toSorted((one, other) => startOf(one) - startOf(other));
    const first = Math.min(...dated.map(startOf));
    let [until, last] = [Number.NEGATIVE_INFINITY, all[0]!];
    const gaps: Finding[] = [];
    for (const entry of all) {
      const gap = startOf(entry) - until - 1;
      if (gap >= LONGEST_GAP && startOf(entry) > first && Number.isFinite(until)) {
        const from = last.period?.until ? isoMonth(last.period.until) : '';
        gaps.push({
          severity: 'HINT',
          message: `Between ${from} and ${isoMonth(entry.period!.from)} there is a gap of ${gap} months.`,
          evidence: quoteOf(resume, entry),
          suggestion: 'Say in one line what you did then: study, care, travel, looking for work.',
        });
      }
      if (endOf(entry) > until) [until, last] = [endOf(entry), entry];
    }
    return { score: Math.max(0, 100 - gaps.length * 40), findings: gaps };
  },
};

/** Dates are all written in one way. */
export const dateStyleRule: ReviewRule = {
  id: 'date-style',
  agent: 'language',
  section: 'Language',
  weight: 2,
  source: SOURCES.mit,
  judge: ({ dated }) => {
    if (dated.length < 2) return null;
    const styles = Map.groupBy(dated, ({ period }) =>
      (period?.style ?? '').replace('Month', 'Mon'),
    );
    if (styles.size === 1) return { score: 100, findings: [] };
    const rare = [...styles.values()].toSorted((one, other) => one.length - other.length)[0]?.[0];
    const finding: Finding = {
      severity: 'HINT',
      message: 'Dates are written in different ways.',
      evidence: rare?.periodSpan ? quoted(rare.periodSpan.value) : null,
      suggestion: 'Choose one way, such as "Mar 2019 – Jun 2021", for all of them.',
    };
    return { score: 40, findings: [finding] };
  },
};
