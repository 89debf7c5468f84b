import type { DocumentLine } from './document.ts';

/** What the reading process answers: the lines, or why the file cannot be read, or what went wrong in it. */
export type ReadingAnswer =
  | { readonly lines: readonly DocumentLine[] }
  | { readonly refusal: string }
  | { readonly fault: string };
