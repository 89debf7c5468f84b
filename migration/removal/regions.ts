/** A marked part of a file: the lines from one marker to the other, both with it. */
export interface Region {
  /** The number of its first line, from 1. */
  readonly from: number;
  readonly to: number;
}

/** The marks of a region are not in pairs. The message names file and line. */
export class RegionError extends Error {
  readonly code = 'REGION';
}

/** `// #region monolith` in TypeScript, `# #region monolith` in YAML: editors fold what is between the marks. */
const MARK = /^\s*(?:\/\/|#) #(region|endregion) monolith$/;

/**
 * What goes with the monolith in a file that stays.
 *
 * @param file its path, for messages
 * @throws RegionError where a mark has no other
 */
export function monolithRegions(file: string, text: string): Region[] {
  const regions: Region[] = [];
  let from: number | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = MARK.exec(line)?.[1];
    if (mark === undefined) continue;
    const isOpen = from !== null;
    if (isOpen === (mark === 'region')) {
      throw new RegionError(
        `${file}:${index + 1}: #${mark} monolith ${isOpen ? 'stands in another one' : 'ends none'}`,
      );
    }
    if (from === null) from = index + 1;
    else {
      regions.push({ from, to: index + 1 });
      from = null;
    }
  }
  if (from !== null) throw new RegionError(`${file}:${from}: #region monolith has no end`);
  return regions;
}

/** The text without these lines. */
export function withoutRegions(text: string, regions: readonly Region[]): string {
  return text
    .split('\n')
    .filter((_, index) => !regions.some(({ from, to }) => from <= index + 1 && index + 1 <= to))
    .join('\n');
}
