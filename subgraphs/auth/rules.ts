import type { InvalidField } from './problems.ts';
import { MAX_PASSWORD_BYTES } from './passwords.ts';

const MIN_PASSWORD_BYTES = 8;
const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;
const MAX_LOCALE_LENGTH = 35;
const EMAIL = /^[^\s@\0]+@[^\s@.\0]+(\.[^\s@.\0]+)+$/;
/** ITU-T E.164: a country code and a number of at most 15 digits together; no real one has fewer than 7. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/** Says what a text must be but is not; null when it is. */
type Rule = (text: string) => string | null;

const must =
  (message: string, holds: (text: string) => boolean): Rule =>
  (text) =>
    holds(text) ? null : message;

const password = must('must be 8 to 72 bytes long', isPassword);
const nameLength = must('must be 1 to 100 characters long', isName);

/** What the fields of an input must be, by the path of the field. */
const RULES = {
  email: must('must be an e-mail address', isEmail),
  password,
  newPassword: password,
  // PostgreSQL cannot keep U+0000.
  displayName: (text) =>
    text.includes('\0') ? 'must not hold the character U+0000' : nameLength(text),
  phone: must('must be a phone number in E.164 form, such as +81312345678', isPhone),
  locale: must('must be a BCP 47 language tag', isLocale),
} as const satisfies Record<string, Rule>;

/** The fields that break their rule. An absent field (undefined) breaks none; null breaks it as an empty text does. */
export function brokenRules(
  input: Partial<Record<keyof typeof RULES, string | null>>,
): InvalidField[] {
  return (Object.keys(RULES) as (keyof typeof RULES)[]).flatMap((path) => {
    const text = input[path];
    const message = text === undefined ? null : RULES[path](text ?? '');
    return message === null ? [] : [{ path, message }];
  });
}

/** The form in which e-mail addresses are kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether a text can be the e-mail address of an account. Half of a surrogate pair is no character. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text) && text.isWellFormed();
}

/** The length of a text as PostgreSQL counts it: in code points, not in UTF-16 units. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

function isPassword(text: string): boolean {
  const bytes = Buffer.byteLength(text);
  return bytes >= MIN_PASSWORD_BYTES && bytes <= MAX_PASSWORD_BYTES;
}

function isName(text: string): boolean {
  const length = characterCount(text.trim());
  return length >= 1 && length <= MAX_NAME_LENGTH;
}

function isLocale(text: string): boolean {
  if (text.length > MAX_LOCALE_LENGTH) return false;
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function isPhone(text: string): boolean {
  return PHONE.test(text);
}
