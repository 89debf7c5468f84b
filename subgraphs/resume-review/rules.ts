import { brokenRules, hasLength, textRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';

const MAX_JOB_DESCRIPTION = 20_000;

/** The rules that an announced file breaks, by the paths of an input. */
export function brokenFileRules(file: {
  readonly filename: string;
  readonly sha256: string;
}): InvalidField[] {
  const { filename, sha256 } = file;
  return brokenRules([
    [
      'filename',
      hasLength(filename, 1, 200) && !/\p{Cc}/u.test(filename),
      'must be 1 to 200 characters long, on one line',
    ],
    ['sha256', /^[0-9a-f]{64}$/i.test(sha256), 'must be 64 hexadecimal digits'],
  ]);
}

/** The rules that a request for a review breaks. */
export const brokenReviewRules = (input: {
  readonly jobDescription: string | null;
  readonly idempotencyKey: string | null;
}): InvalidField[] =>
  brokenRules([
    textRule('jobDescription', input.jobDescription, 0, MAX_JOB_DESCRIPTION),
    textRule('idempotencyKey', input.idempotencyKey, 8, 100),
  ]);
