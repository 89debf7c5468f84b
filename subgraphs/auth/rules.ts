import type { InvalidField } from './problems.ts';
import { MAX_PASSWORD_BYTES } from './passwords.ts';

const MIN_PASSWORD_BYTES = 8;
const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;
const MAX_LOCALE_LENGTH = 35;
const EMAIL = /^[^\s@\0]+@[^\s@.\0]+(\.[^\s@.\0]+)+$/;
/** ITU-T E.164: a plus sign, a country code, at most 15 digits. */
const PHONE = /^\+[1-9]\d{1,14}$/;

/** What the fields of an input must be, by the path of the field. Null and absent fields are given as they are. */
const RULES = {
  email: [isEmail, 'must be an e-mail address'],
  password: [isPassword, 'must be 8 to 72 bytes long'],
  newPassword: [isPassword, 'must be 8 to 72 bytes long'],
  displayName: [isName, 'must be 1 to 100 characters long'],
  phone: [isPhone, 'must be a phone number in E.164 form, such as +81312345678'],
  locale: [isLocale, 'must be a BCP 47 language tag'],
} as const satisfies Record<string, readonly [(text: string) => boolean, string]>;

/** The fields that break their rule. An absent field (undefined) breaks none; null is not a text, so it does. */
export function brokenRules(
  input: Partial<Record<keyof typeof RULES, string | null>>,
): InvalidField[] {
  return (Object.keys(RULES) as (keyof typeof RULES)[]).flatMap((path) => {
    const text = input[path];
    const [holds, message] = RULES[path];
    return text === undefined || (text !== null && holds(text)) ? [] : [{ path, message }];
  });
}

/** The form in which e-mail addresses are kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether a text can be the e-mail address of an account. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text);
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
  // PostgreSQL cannot keep U+0000.
  return length >= 1 && length <= MAX_NAME_LENGTH && !text.includes('\0');
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
