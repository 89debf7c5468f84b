import { brokenRules, textRule, type InputRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';
import { MAX_PASSWORD_BYTES } from './passwords.ts';

const MIN_PASSWORD_BYTES = 8;
const MAX_EMAIL_LENGTH = 254;
const MAX_LOCALE_LENGTH = 35;
const EMAIL = /^[^\s@\0]+@[^\s@.\0]+(\.[^\s@.\0]+)+$/;
/** ITU-T E.164: a country code and a number of at most 15 digits together; no real one has fewer than 7. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/** What a person enters about an account, by the path of the field. */
type Field = 'email' | 'password' | 'newPassword' | 'displayName' | 'phone' | 'locale';

/** The fields that break their rule. An absent field (undefined) breaks none; null breaks it as an empty text does. */
export function brokenAccountRules(input: Partial<Record<Field, string | null>>): InvalidField[] {
  const textOf = (path: Field) => (input[path] === null ? '' : input[path]);
  const must = (path: Field, holds: (text: string) => boolean, message: string): InputRule => {
    const text = textOf(path);
    return [path, text === undefined || holds(text), message];
  };
  return brokenRules([
    must('email', isEmail, 'must be an e-mail address'),
    must('password', isPassword, 'must be 8 to 72 bytes long'),
    must('newPassword', isPassword, 'must be 8 to 72 bytes long'),
    textRule('displayName', textOf('displayName'), 1, 100),
    must('phone', isPhone, 'must be a phone number in E.164 form, such as +81312345678'),
    must('locale', isLocale, 'must be a BCP 47 language tag'),
  ]);
}

/** The form in which e-mail addresses are kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether a text can be the e-mail address of an account. Half of a surrogate pair is no character. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text) && text.isWellFormed();
}

function isPassword(text: string): boolean {
  const bytes = Buffer.byteLength(text);
  return bytes >= MIN_PASSWORD_BYTES && bytes <= MAX_PASSWORD_BYTES;
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
