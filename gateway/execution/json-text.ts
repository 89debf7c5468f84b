/** What JSON.stringify writes other than as it is: quotes, backslashes, control characters, and half surrogate pairs. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const SPECIAL = /[\u0000-\u001F"\\\uD800-\uDFFF]/;

/** Beyond this length JSON.stringify is faster than the regular expression. */
const LONG = 200;

/** The JSON text of a string. */
export function stringText(value: string): string {
  return value.length > LONG || SPECIAL.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** The JSON text of any value that came from JSON. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  return JSON.stringify(value);
}

/**
 * The same text in one piece. V8 keeps a text that was put together as a tree of its pieces, several times as large:
 * a whole answer has tens of thousands of them, which each garbage collection would move about until it is sent.
 */
export function inOnePiece(text: string): string {
  // Whatever reads the characters of a text makes it one piece. This reads the first, and costs the least.
  text.charCodeAt(0);
  return text;
}
