import { lengthWithin, type Rule } from '../rules.ts';
import { passwordFits } from './passwords.ts';

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const MAX_EMAIL = 254;
const E164 = /^\+[1-9]\d{1,14}$/;
/** The length of the column. */
const MAX_LANG = 35;

/** The form in which e-mail addresses are kept and compared. */
export const normalEmail = (email: string) => email.trim().toLowerCase();

export const emailRule = (email: string): Rule => [
  'email',
  EMAIL.test(email) && email.length <= MAX_EMAIL,
  'must be an e-mail address',
];

export const passwordRule = (field: string, password: string): Rule => [
  field,
  passwordFits(password),
  'must be 8 to 72 bytes long',
];

export const fullNameRule = (name: string): Rule => [
  'full_name',
  lengthWithin(name, 1, 100),
  'must be 1 to 100 characters long',
];

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
