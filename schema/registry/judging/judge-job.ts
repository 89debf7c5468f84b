import type { Report } from '#schema/check/report.ts';
import type { RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import type { ComposedTexts } from '../versions/versions.ts';

/** A subgraph as text. */
export interface SubgraphText {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What is judged, and by what. */
export interface JudgeJob {
  readonly subgraphs: readonly SubgraphText[];
  /** What is served now; null where nothing is. */
  readonly base: {
    readonly name: string;
    readonly composed: ComposedTexts;
    readonly subgraphs: readonly SubgraphText[];
  } | null;
  /** What was recorded of clients, beside what the policy names. */
  readonly recorded: RecordedTraffic;
  /** Whether composing is all: what a repository holds has been checked there. */
  readonly isTrusted?: boolean;
  readonly contractsFile: string;
  readonly policyFile: string;
}

/** What came out. */
export interface Verdict {
  readonly report: Report;
  /** null where it does not compose. */
  readonly composed: ComposedTexts | null;
}

/** What the process of a judge answers: a verdict, or what a person has to mend before there can be one. */
export type JudgeReply = { readonly verdict: Verdict } | { readonly problem: string };
