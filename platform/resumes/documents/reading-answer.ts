import type { DocumentLine } from './document.ts';

/**
 * What the reading process answers: the lines, or why the file cannot be read with what was behind it, or what went wrong in
 * the process.
 */
export type ReadingAnswer =
  | { readonly lines: readonly DocumentLine[] }
  | { readonly refusal: string; readonly cause?: string }
  | { readonly fault: string };
