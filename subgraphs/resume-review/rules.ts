import type { InvalidField } from './problems.ts';

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
  const length = lengthOf(file.filename);
  const isName = length >= 1 && length <= 200 && !/\p{Cc}/u.test(file.filename);
  const isHash = /^[0-9a-f]{64}$/i.test(file.sha256);
  return [
    ...(isName ? [] : [invalid('filename', 'must be 1 to 200 characters long, on one line')]),
    ...(isHash ? [] : [invalid('sha256', 'must be 64 hexadecimal digits')]),
  ];
}

/** The rules that a job description breaks. */
export function brokenJobRules(jobDescription: string): InvalidField[] {
  if (jobDescription.includes('\0')) {
    return [invalid('jobDescription', 'must not hold the character U+0000')];
  }
  if (lengthOf(jobDescription) <= MAX_JOB_DESCRIPTION) return [];
  return [invalid('jobDescription', 'must be at most 20,000 characters long')];
}

const invalid = (path: string, message: string): InvalidField => ({ path, message });

/** The length of a text without the blanks around it, in characters as people count them. */
const lengthOf = (text: string) => Array.from(text.trim()).length;
