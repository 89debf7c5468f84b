import type { DocumentLine } from './document.ts';
import { gutterOf, type Gutter } from './gutter.ts';

/** A piece of text on a page; `y` grows upwards. All lengths in points. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly isRightToLeft: boolean;
}

/** Pieces that stand beside each other without a wide gap. */
export interface Segment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** Hebrew, Arabic and their presentation forms. */
export const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A gap that is wider than so many sizes of the letters separates; a narrower one than the other is no blank. */
const [WIDE, BLANK] = [1.1, 0.17];
/** A line that is further below than so many usual distances stands apart. */
const APART = 1.28;

/** The lines of a page as they are read: columns one after the other. @param usual the size of most letters */
export function pageLines(pieces: readonly Piece[], usual: number): DocumentLine[] {
  const rows = rowsOf(pieces);
  const gutter = gutterOf(rows.map((row) => segmentsOf(row, null)));
  const segments = rows.map((row) => segmentsOf(row, gutter)).filter((row) => row.length > 0);
  return bandsOf(segments, gutter).flatMap((band) => linesOf(band, usual));
}

/** Pieces whose base lines are (almost) the same, from the top to the bottom. */
function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const rows: { y: number; size: number; pieces: Piece[] }[] = [];
  for (const piece of pieces.toSorted((one, other) => other.y - one.y)) {
    const last = rows.at(-1);
    const near = last && last.y - piece.y < 0.35 * Math.min(Math.max(last.size, piece.size), 24);
    if (last && near) {
      last.pieces.push(piece);
      last.size = Math.max(last.size, piece.text.trim() === '' ? 0 : piece.size);
    } else rows.push({ y: piece.y, size: piece.size, pieces: [piece] });
  }
  return rows.map((row) => row.pieces.toSorted((one, other) => one.x - other.x));
}

/**
 * The segments of a row from the left to the right. A piece that begins a column begins a segment, however narrow the gap, and
 * also where a word that is too wide for the column before runs over it.
 */
function segmentsOf(row: readonly Piece[], gutter: Gutter | null): Segment[] {
  const runs: { pieces: Piece[]; right: number; size: number }[] = [];
  for (const piece of row) {
    if (piece.text.trim() === '') continue;
    const last = runs.at(-1);
    const gap = last ? piece.x - last.right : 0;
    // The same text printed twice on the same spot is a way to make it bold.
    if (last?.pieces.at(-1)?.text === piece.text && gap < -0.5 * piece.width) continue;
    const isColumn =
      gutter !== null && Math.abs(piece.x - gutter.to) < 2.5 && Math.abs(gap) > BLANK * piece.size;
    if (last && gap < WIDE * Math.max(last.size, piece.size) && !isColumn) {
      last.pieces.push(piece);
      last.right = piece.x + piece.width;
      last.size = Math.max(last.size, piece.size);
    } else runs.push({ pieces: [piece], right: piece.x + piece.width, size: piece.size });
  }
  return runs.map(({ pieces, right, size }) => {
    const [{ x, y } = { x: 0, y: 0 }] = pieces;
    return { text: textOf(pieces), x, right, y, size };
  });
}

/** The text of pieces beside each other; of a script that is written from the right, the rightmost first. */
function textOf(pieces: readonly Piece[]): string {
  const words = pieces.map((piece, index) => {
    const last = pieces[index - 1];
    const gap = last ? piece.x - last.x - last.width : 0;
    return { piece, gap: last && gap > BLANK * Math.min(last.size, piece.size) ? ' ' : '' };
  });
  if (!isRightToLeft(pieces)) return words.map(({ piece, gap }) => gap + piece.text).join('');
  let [text, ltr] = ['', ''];
  for (const { piece, gap } of words.toReversed()) {
    // What is written from the left keeps its order among the rest.
    if (!piece.isRightToLeft && /[\p{L}\p{N}]/u.test(piece.text)) ltr = gap + piece.text + ltr;
    else {
      text += ltr.trim() + (/^\s/.test(ltr) ? ' ' : '') + piece.text + gap;
      ltr = '';
    }
  }
  return text + ltr;
}

const isRightToLeft = (pieces: readonly Piece[]) => {
  const count = pieces.filter((piece) => piece.isRightToLeft).length;
  return count > 0 && count * 2 >= pieces.filter(({ text }) => /\p{L}/u.test(text)).length;
};

/** Rows in the order in which they are read: where there are two columns, those of the left one first. */
function bandsOf(rows: readonly Segment[][], gutter: Gutter | null): Segment[][][] {
  if (gutter === null) return [[...rows]];
  const bands: Segment[][][] = [];
  let [left, right]: [Segment[][], Segment[][]] = [[], []];
  const flush = () => {
    bands.push(left, right);
    [left, right] = [[], []];
  };
  for (const row of rows) {
    if (row.some((segment) => isAcross(segment, gutter))) {
      flush();
      bands.push([row]);
      continue;
    }
    const ofLeft = row.filter((segment) => segment.x < gutter.from);
    const ofRight = row.filter((segment) => segment.x >= gutter.from);
    if (ofLeft.length > 0) left.push(ofLeft);
    if (ofRight.length > 0) right.push(ofRight);
  }
  flush();
  return bands.filter((band) => band.length > 0);
}

/** A line across both columns, and not a single word that was too wide for the left one, as long addresses are. */
const isAcross = ({ x, right, text }: Segment, gutter: Gutter) =>
  x < gutter.from && right > gutter.to && /\s/.test(text.trim());

function linesOf(rows: readonly Segment[][], usual: number): DocumentLine[] {
  const gaps = rows.slice(1).map((row, index) => heightOf(rows[index]) - heightOf(row));
  const leading = usualGap(gaps, usual);
  return rows.map((row, index) => {
    const size = Math.max(...row.map((segment) => segment.size)) / usual;
    const gap = gaps[index - 1];
    return {
      text: inReadingOrder(row)
        .map(({ text }) => text.trim())
        .join('\t'),
      isApart: gap === undefined || gap > leading * APART * Math.max(1, Math.min(size, 1.5)),
      size,
      kind:
        /^\s*[-*•–·▪●・◦‣∗]\s/.test(row[0]?.text ?? '') || /^[•·▪●◦‣∗]/.test(row[0]?.text ?? '')
          ? 'item'
          : 'text',
    };
  });
}

/** From the left to the right, unless most of the row is written from the right. */
function inReadingOrder(row: readonly Segment[]): readonly Segment[] {
  const ofRight = row.filter(({ text }) => RIGHT_TO_LEFT.test(text));
  return ofRight.length * 2 > row.length ? row.toReversed() : row;
}

const heightOf = (row: readonly Segment[] | undefined) => row?.[0]?.y ?? 0;

/** The distance of lines that is most frequent. */
function usualGap(gaps: readonly number[], usual: number): number {
  const counts = new Map<number, number>();
  for (const gap of gaps) {
    const key = Math.round(gap * 2) / 2;
    if (key > 0 && key < usual * 2.2) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([a, one], [b, other]) => other - one || a - b)[0];
  return most?.[0] ?? usual * 1.3;
}
