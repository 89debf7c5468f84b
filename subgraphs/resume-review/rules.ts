import { brokenRules, hasLength, textRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';

/** The most bytes of a resume: 10 MiB. */
export const MAX_BYTES = 10_485_760;
/** The most resumes of an account, with those on their way. */
export const MAX_RESUMES = 50;

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

/** The rules that a job description breaks. */
export const brokenJobRules = (jobDescription: string | null): InvalidField[] =>
  brokenRules([textRule('jobDescription', jobDescription, 0, MAX_JOB_DESCRIPTION)]);
