import type { Segment } from './page-layout.ts';

/** The empty strip between two columns. */
export interface Gutter {
  readonly from: number;
  readonly to: number;
}

/** Strips narrower than this, in points, are none. */
const NARROWEST = 8;
/** Segments that a column has at least, and the share of rows that may run across both. */
const [FEWEST, MOST_ACROSS] = [7, 0.34];
/** A side whose segments are so often a date or a place is a margin of a single column. */
const MARGIN_NOTES = 0.6;

/** The strip between the two columns of a page; null: it has one column. */
export function gutterOf(rows: readonly Segment[][]): Gutter | null {
  const segments = rows.flat();
  const leftmost = Math.min(...segments.map(({ x }) => x));
  const width = Math.max(...segments.map(({ right }) => right)) - leftmost;
  let best: (Gutter & { readonly score: number }) | null = null;
  for (const { x } of segments) {
    // Columns begin where a segment begins: at the right edge of the strip.
    if (x < leftmost + width * 0.2 || x > leftmost + width * 0.8) continue;
    const score = scoreOf(rows, x);
    if (score !== null && score > (best?.score ?? 0)) {
      const ends = segments.filter(({ right }) => right < x).map(({ right }) => right);
      best = { from: Math.max(...ends, x - 60) + 0.01, to: x - 0.01, score };
    }
  }
  return best;
}

/** How good a border of columns a line at `x` is; null where it is none. */
function scoreOf(rows: readonly Segment[][], x: number): number | null {
  const segments = rows.flat();
  const left = segments.filter(({ right }) => right <= x - NARROWEST);
  const right = segments.filter((segment) => segment.x >= x - 1);
  const aligned = right.filter((segment) => Math.abs(segment.x - x) < 2.5);
  const across = rows.filter((row) =>
    row.some((one) => one.x < x - 1 && one.right > x - NARROWEST),
  );
  if (left.length < FEWEST || right.length < FEWEST || aligned.length < FEWEST - 2) return null;
  if (across.length > rows.length * MOST_ACROSS) return null;
  if (isMargin(left) || isMargin(right)) return null;
  return left.length + right.length + aligned.length - 3 * across.length;
}

/** Dates and places beside the text of a single column. */
function isMargin(segments: readonly Segment[]): boolean {
  const notes = segments.filter(({ text }) => text.length < 28 && /\d{4}|\d\d[/.]\d\d/.test(text));
  return notes.length > segments.length * MARGIN_NOTES;
}
