import type { Finding } from './rule.ts';

interface Reviewed {
  readonly overallScore: number;
  readonly sections: readonly {
    readonly name: string;
    readonly score: number;
    readonly findings: readonly Finding[];
  }[];
}

/** What has changed from one review to another. Findings are the same when they say the same, whatever they quote. */
export function compareReviews(before: Reviewed, after: Reviewed) {
  const [old, now] = [faultsOf(before), faultsOf(after)];
  const names = [...new Set([...before.sections, ...after.sections].map(({ name }) => name))];
  const scoreIn = ({ sections }: Reviewed, name: string) =>
    sections.find((one) => one.name === name)?.score ?? null;
  return {
    scoreChange: after.overallScore - before.overallScore,
    sections: names.map((name) => ({
      name,
      before: scoreIn(before, name),
      after: scoreIn(after, name),
    })),
    resolved: [...old].filter(([key]) => !now.has(key)).map(([, finding]) => finding),
    added: [...now].filter(([key]) => !old.has(key)).map(([, finding]) => finding),
    remaining: [...now].filter(([key]) => old.has(key)).map(([, finding]) => finding),
  };
}

/** Findings that are no praise, by what they say without its figures: "88 words" and "90 words" are the same fault. */
const faultsOf = ({ sections }: Reviewed) =>
  new Map(
    sections.flatMap(({ name, findings }) =>
      findings
        .filter(({ severity }) => severity !== 'PRAISE')
        .map(
          (finding) =>
            [
              `${name} ${finding.message.replace(/[\d.,-]+/g, '#').replace(/: .*$/, '')}`,
              finding,
            ] as const,
        ),
    ),
  );
