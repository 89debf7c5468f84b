import { findPhoneNumbersInText } from 'libphonenumber-js';
import type { DocumentText, PlacedLine } from '../documents/document.ts';
import { namedBy } from './sections.ts';
import { periodIn } from './dates.ts';
import type { Contact, Found, Section } from './structure.ts';

export const EMAIL =
  /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,6}/u;
export const URL =
  /(?<![@\p{L}\d.])(?:https?:\/\/|www\.)[^\s|,;()<>，、]{3,200}|(?<![@\p{L}\d.-])(?:[a-z\d-]{1,63}\.){1,3}(?:com|org|net|io|dev|de|fr|es|nl|pl|ru|ua|jp|cn|uk|me|co|info|app|ai|eu|it|ch|at|be|page|xyz|tech)(?:\/[^\s|,;()<>，、]{0,200})?(?![@\p{L}\d-])/giu;
/** Eight digits or more, with what people put between them. */
export const PHONE = /(?<![\d.,/-])(?:\+|\(|00)?\d(?:[\s().\-–/]{0,3}\d){7,14}(?![\d-])/gu;
/** A date, or the beginning of two: `01.02.1990`, `01/2019 - 03/2023`. */
const DATES = /^\d{1,2}[./-](?:\d{1,2}[./-])?(?:19|20)\d{2}(?:$|\s*[–-]\s*\d{1,2}[./-])/u;
const LABEL =
  /^(?:e-?mail|mail|phone|tel(?:ephone|efon|éfono|\.)?|mobile|mobil|cell|address|adresse|anschrift|adres|dirección|indirizzo|endereço|location|lieu|wohnort|ort|city|website|web|linkedin|github|name|nom|nombre|naam|imię i nazwisko|имя|адрес|город|місто|адреса|телефон|住所|現住所|氏名|名前|電話|地址|姓名|城市|电话|邮箱|العنوان|الهاتف|الاسم|البريد|주소|이름)\s*[:：]\s*/iu;
/** Titles of the document itself. */
const DOCUMENT_TITLE =
  /^(?:curriculum vitae|cv|résumé|resume|lebenslauf|履歴書|職務経歴書|个人简历|简历|резюме|السيرة الذاتية|życiorys|currículum(?: vitae)?|hoja de vida|이력서)$/iu;
/** Lines at the top that contact data is looked for in. */
const TOP = 12;
/** Lines of a part with contact data, and characters of a line of it. */
const [MOST_LINES, LONGEST_LINE] = [40, 400];
const isShort = ({ text }: PlacedLine) => text.length <= LONGEST_LINE;

/** Reads who somebody is and how to answer: from the top, from the part with contact data, then from anywhere. */
export function readContact(document: DocumentText, sections: readonly Section[]): Contact {
  const first = document.lines.findIndex((line) => namedBy(line.text) !== null);
  const top = document.lines
    .slice(0, first === -1 ? TOP : Math.max(first, 3))
    .slice(0, TOP)
    .filter(isShort);
  const own = sections
    .filter(({ name }) => name === 'contact')
    .flatMap(({ lines }) => lines)
    .slice(0, MOST_LINES)
    .filter(isShort);
  const near = [...top, ...own];
  const email = firstFound(near, EMAIL) ?? firstFound(document.lines, EMAIL);
  const phone = phoneIn(near) ?? phoneIn(document.lines.slice(-8).filter(isShort));
  return {
    name: nameIn(top) ?? nameIn(own),
    email,
    phone,
    urls: near.flatMap(urlsIn),
    location: locationIn(own) ?? locationIn(top),
  };
}

function firstFound(lines: readonly PlacedLine[], pattern: RegExp): Found | null {
  for (const line of lines) {
    const match = pattern.exec(line.text);
    if (match) return found(line, match.index, match[0].replace(/[.-]+$/, ''));
  }
  return null;
}

const found = (line: PlacedLine, at: number, value: string): Found => ({
  value,
  start: line.start + at,
  end: line.start + at + value.length,
});

function phoneIn(lines: readonly PlacedLine[]): Found | null {
  for (const line of lines) {
    for (const match of line.text.matchAll(PHONE)) {
      const isPeriod = periodIn(match[0]) !== null && !/^\+|^\(|^0/.test(match[0]);
      if (!isPeriod && !DATES.test(match[0])) return found(line, match.index, match[0].trim());
    }
    const [known] = line.text.length < 300 ? findPhoneNumbersInText(line.text) : [];
    if (known) return found(line, known.startsAt, line.text.slice(known.startsAt, known.endsAt));
  }
  return null;
}

function urlsIn(line: PlacedLine): Found[] {
  return [...line.text.matchAll(URL)]
    .filter(({ index, 0: url }) => line.text[index + url.length] !== '@')
    .map(({ index, 0: url }) => found(line, index, url.replace(/[.,;:]+$/, '')));
}

/** Passages of a line that stand for themselves, without what they are called. */
function passagesOf(line: PlacedLine): Found[] {
  const passages: Found[] = [];
  for (const { 0: passage, index } of line.text.matchAll(/[^\t|·•∙⋅■◆●;｜✉☎📧📞📍]+/gu)) {
    const bare = passage.replace(/^[\s–—-]+/, '').replace(LABEL, '');
    const value = bare.replace(/[\s–—,-]+$/, '');
    if (value !== '') passages.push(found(line, index + passage.length - bare.length, value));
  }
  return passages;
}

const isContactData = (text: string) =>
  EMAIL.test(text) || text.search(URL) !== -1 || text.search(PHONE) !== -1;

/** Two to five words of letters only; what is largest counts first. */
function nameIn(lines: readonly PlacedLine[]): Found | null {
  const candidates = lines.slice(0, 8).flatMap((line, index) =>
    passagesOf(line)
      .slice(0, 2)
      .map((passage) => ({
        passage,
        line,
        index,
        isLabelled: /^(?:name|nom|nombre|naam|imię|имя|氏名|名前|姓名|الاسم|이름)/iu.test(line.text),
      })),
  );
  const names = candidates.filter(({ passage: { value } }) => isName(value));
  const largest = Math.max(0, ...names.map(({ line }) => line.size));
  const best =
    names.find(({ isLabelled }) => isLabelled) ??
    names.find(({ line, index }) => line.size === largest && (largest > 1.15 || index < 4)) ??
    names[0];
  return best?.passage ?? null;
}

function isName(text: string): boolean {
  if (
    text.length > 45 ||
    DOCUMENT_TITLE.test(text) ||
    isContactData(text) ||
    namedBy(text) !== null
  )
    return false;
  const bare = text
    .replace(/,?\s+(?:ph\.?d\.?|m\.?d\.?|mba|msc|rn|cpa|pmp)\.?$/iu, '')
    .replace(/\s*[（(][^）)]*[）)]$/u, '');
  if (/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u.test(bare))
    return /^[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af々ー・ ]{2,14}$/u.test(bare);
  const words = bare.split(/\s+/);
  return (
    words.length >= 2 &&
    words.length <= 5 &&
    words.every((word) =>
      /^(?:(?:dr|mr|ms|mrs|prof|dipl|ing)\.?-?)$|^\p{L}[\p{L}\p{M}'’.-]*$/iu.test(word),
    ) &&
    words.filter((word) => /^(?:\p{Lu}|\p{Lo})/u.test(word)).length >= Math.min(2, words.length)
  );
}

/** A place: what has a comma or a post code, and is no name, date or sentence. */
function locationIn(lines: readonly PlacedLine[]): Found | null {
  const labelled = lines.find((line) =>
    /^(?:address|adresse|anschrift|adres|dirección|indirizzo|endereço|location|lieu|wohnort|ort|city|адрес|город|місто|адреса|住所|現住所|地址|城市|العنوان|주소)\s*[:：]/iu.test(
      line.text,
    ),
  );
  if (labelled) return passagesOf(labelled)[0] ?? null;
  const passages = lines
    .flatMap(passagesOf)
    .filter(({ value }) => !isContactData(value) && value.length <= 80 && namedBy(value) === null);
  return passages.find(({ value }) => isPlace(value)) ?? null;
}

function isPlace(text: string): boolean {
  if (/[.!?。]$/.test(text) || /\b(?:and|with|und|et|years)\b/i.test(text)) return false;
  if (/^(?:〒\s?)?\d{3}-\d{4}|[都道府県市区]/u.test(text) && /[\u4e00-\u9fff]{3,}/u.test(text))
    return true;
  if (/[省市区]/u.test(text) && text.length <= 30) return true;
  if (/\b\d{4,6}\b/.test(text) && /\p{L}{3,}/u.test(text) && periodIn(text) === null) return true;
  return (
    /^[\p{L}\p{M}\d .'’-]{2,50}[,،，] ?[\p{L}\p{M} .'’-]{2,40}(?:[,،] ?[\p{L}\p{M} .'’-]{2,30})?(?: \d{4,6})?$/u.test(
      text,
    ) && text.split(/\s+/).length <= 9
  );
}
