import type { Report } from '#schema/check/report.ts';

/** How a check ended. */
export type CheckOutcome =
  | {
      readonly kind: 'judged';
      readonly report: Report;
      /** Whether what gateways are given changes. */
      readonly isSupergraphChanged: boolean;
    }
  /** It could not be judged: why. */
  | { readonly kind: 'unjudged'; readonly problem: string };
