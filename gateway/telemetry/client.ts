import type { IncomingHttpHeaders } from 'node:http';

/** Which program sent a request, as it says itself in the headers that Apollo's clients set. */
export interface Client {
  readonly name: string | null;
  readonly version: string | null;
}

const NAME_HEADER = 'apollographql-client-name';
const VERSION_HEADER = 'apollographql-client-version';

const LONGEST = 64;
const FITTING = /^[\w .:@/+-]{1,64}$/;

/** Reads who sent a request. What is too long is cut, and characters that are no part of a name become `_`. */
export function clientOf(headers: IncomingHttpHeaders): Client {
  return { name: fitting(headers[NAME_HEADER]), version: fitting(headers[VERSION_HEADER]) };
}

function fitting(text: string | string[] | undefined): string | null {
  if (text === undefined || text === '') return null;
  const given = String(text);
  return FITTING.test(given) ? given : given.slice(0, LONGEST).replace(/[^\w .:@/+-]/g, '_');
}
