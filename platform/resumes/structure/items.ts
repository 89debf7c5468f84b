import type { PlacedLine } from '../documents/document.ts';
import type { Found } from './structure.ts';

/** A language that somebody speaks. */
export interface SpokenLanguage {
  readonly language: Found;
  readonly fluency: Found | null;
}

const LONGEST_ITEM = 60;

/** What a list names: items are set apart by lines, commas, bars and bullets; a group's name in front is left out. */
export function readItems(lines: readonly PlacedLine[]): Found[] {
  return lines.flatMap((line) => {
    const label = /^[^:：,，]{2,40}[:：]\s*/.exec(line.text)?.[0].length ?? 0;
    return piecesOf(line, label, /[^,，、،;；|\t·•∙/]+/gu).filter(
      ({ value }) => value.length <= LONGEST_ITEM,
    );
  });
}

/** Languages and how well they are spoken: `German (C1)`, `German: native`, `German – fluent`, `German`. */
export function readSpokenLanguages(lines: readonly PlacedLine[]): SpokenLanguage[] {
  return lines.flatMap((line) => {
    const separators = /[,，、;；|•·∙]/u.test(line.text.replace(/\([^)]*\)|（[^）]*）/g, ''))
      ? /(?:[（(][^）)]*[）)]|[^,，、;；|•·∙])+/gu
      : /.+/gu;
    return piecesOf(line, 0, separators).map(spokenOf);
  });
}

function spokenOf(piece: Found): SpokenLanguage {
  const split =
    /^(.{2,30}?)\s*(?:[:：(（\t]|\s[-–—]\s|\s(?=[ABC][12]\b))\s*(.{1,50}?)[)）]?$/u.exec(
      piece.value,
    );
  if (!split?.[1] || !split[2]) return { language: piece, fluency: null };
  const at = piece.value.indexOf(split[2], split[1].length);
  return {
    language: { value: split[1], start: piece.start, end: piece.start + split[1].length },
    fluency: { value: split[2], start: piece.start + at, end: piece.start + at + split[2].length },
  };
}

function piecesOf(line: PlacedLine, from: number, pattern: RegExp): Found[] {
  const pieces: Found[] = [];
  for (const { 0: piece, index } of line.text.slice(from).matchAll(pattern)) {
    const bare = piece.replace(/^[\s\-*•–·▪●・◦‣]+/, '');
    const value = bare.trimEnd().replace(/[.。]$/, '');
    const start = line.start + from + index + piece.length - bare.length;
    if (value !== '') pieces.push({ value, start, end: start + value.length });
  }
  return pieces;
}
