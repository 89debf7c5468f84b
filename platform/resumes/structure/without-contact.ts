import type { PlacedLine } from '../documents/document.ts';
import { EMAIL, PHONE, URL } from './contact.ts';
import { periodIn } from './dates.ts';
import type { Contact } from './structure.ts';

const EMAILS = new RegExp(EMAIL, 'gu');

/**
 * The text of a line with marks in place of contact data: of that which was read, and of whatever looks like it anywhere in
 * the document, as below references.
 */
export function withoutContact(line: PlacedLine, contact: Contact): string {
  let text = withoutPlace(line, contact.location);
  const known = [
    [contact.email?.value, '[e-mail]'],
    [contact.phone?.value, '[phone]'],
    ...contact.urls.map(({ value }) => [value, '[link]'] as const),
  ] as const;
  for (const [value, mark] of known) if (value) text = text.replaceAll(value, mark);
  return text
    .replace(EMAILS, '[e-mail]')
    .replace(URL, (url) => (isOfName(url) ? url : '[link]'))
    .replace(PHONE, (number) => (isDate(number) ? number : '[phone]'));
}

/** Where somebody lives. A town alone is left where it says of something else; a postal address says of nothing else. */
function withoutPlace({ text, start }: PlacedLine, place: Contact['location']): string {
  if (!place) return text;
  const [from, to] = [place.start - start, place.end - start];
  const isHere = from >= 0 && to <= text.length;
  const rest = isHere ? `${text.slice(0, from)}[place]${text.slice(to)}` : text;
  return /\d/.test(place.value) ? rest.replaceAll(place.value, '[place]') : rest;
}

/** Products and companies whose names look like links, such as ASP.NET and Booking.com: links are written small. */
const isOfName = (url: string) => /^[\p{L}\d.-]*\p{Lu}[\p{L}\d.-]*$/u.test(url);

/** From one year or month to another: as many digits as a number to call. */
const isDate = (number: string) => !/^(?:\+|\(|00)/.test(number) && periodIn(number) !== null;
