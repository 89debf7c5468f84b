import { textRule, type Rule } from '../rules.ts';
import { passwordFits } from './passwords.ts';

const EMAIL = /^[^\s@\0]+@[^\s@.\0]+(\.[^\s@.\0]+)+$/;
const MAX_EMAIL = 254;
/** ITU-T E.164: a country code and a number of at most 15 digits together; no real one has fewer than 7. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** The length of the column. */
const MAX_LANG = 35;

/** The form in which e-mail addresses are kept and compared. */
export const normalEmail = (email: string) => email.trim().toLowerCase();

/** Whether a text can be the e-mail address of an account. Half of a surrogate pair is no character. */
export const isEmail = (text: string) =>
  text.length <= MAX_EMAIL && EMAIL.test(text) && text.isWellFormed();

export const emailRule = (email: string): Rule => [
  'email',
  isEmail(email),
  'must be an e-mail address',
];

export const passwordRule = (field: string, password: string): Rule => [
  field,
  passwordFits(password),
  'must be 8 to 72 bytes long',
];

export const fullNameRule = (name: string): Rule =>
  textRule('full_name', name, 1, 100, 'must be 1 to 100 characters long');

export const langRule = (lang: string): Rule => [
  'lang',
  isLanguageTag(lang),
  'must be a BCP 47 language tag',
];

export const telRule = (tel: string): Rule => [
  'tel',
  E164.test(tel),
  'must be a phone number in E.164 form, such as +81312345678',
];

function isLanguageTag(text: string): boolean {
  if (text.length > MAX_LANG) return false;
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
