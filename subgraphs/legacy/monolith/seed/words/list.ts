/** Words of a data file, separated by bars. */
export function list(text: string): readonly string[] {
  return text.split('|').map((word) => word.trim());
}

/** Sentences of a data file, one per line. */
export function lines(text: string): readonly string[] {
  return text.trim().split(/\s*\n\s*/);
}
