import type { DocumentLine } from './document.ts';
import { LONGEST_TEXT } from './document.ts';

const BULLET = /^\s*(?:[-*+•–·▪●・◦‣]|\d{1,2}[.)])\s+/;
const HEADING = /^\s{0,3}#{1,6}\s+/;
const UNDERLINE = /^\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})\s*$/;

/** Reads plain text. Blank lines set what follows apart; a line of dashes below another makes that a heading. */
export function readPlainText(text: string): DocumentLine[] {
  const lines: DocumentLine[] = [];
  let isApart = false;
  for (const line of text.slice(0, LONGEST_TEXT * 2).split(/\r\n|[\n\r\f\v\u2028\u2029]/)) {
    const last = lines.at(-1);
    if (line.trim() === '') isApart = true;
    else if (UNDERLINE.test(line)) {
      if (last && !isApart && last.kind === 'text' && last.text.length < 60) {
        lines[lines.length - 1] = { ...last, kind: 'heading' };
      }
      isApart = true;
    } else {
      lines.push({
        text: wideGaps(line),
        isApart,
        size: 0,
        kind: BULLET.test(line) ? 'item' : 'text',
      });
      isApart = false;
    }
  }
  return lines;
}

/** Reads Markdown: its headings and its items stay what they are, the marks of emphasis, links and tables go. */
export function readMarkdown(text: string): DocumentLine[] {
  return readPlainText(text)
    .filter(({ text: line }) => !isRule(line))
    .map((line) => {
      const isHeading = HEADING.test(line.text);
      const bare = withoutMarks(line.text.replace(HEADING, ''));
      return { ...line, text: bare, kind: isHeading ? 'heading' : line.kind };
    });
}

/** The line of a table between its head and its rows. */
const isRule = (line: string) => /^[\s:|-]*$/.test(line) && line.indexOf('|', 1) > 0;

function withoutMarks(line: string): string {
  return line
    .replace(/!?\[([^\][]{0,200})\]\(([^()\s]{0,300})\)/g, (_all, name: string, url: string) =>
      url.includes(name) || /^(mailto|tel):/.test(url) ? name : `${name} ${url}`,
    )
    .replace(/<((?:https?:|mailto:)[^<>\s]{1,300})>/g, '$1')
    .replace(/(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*]{1,300})(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<!\w)_(?=\S)([^_]{1,300})(?<=\S)_(?!\w)/g, '$1')
    .replace(/^\s*\|(.*)\|\s*$/, '$1')
    .replace(/(?<!\s)\s+\|\s+/g, ' | ')
    .replace(/\\([\\`*_{}[\]()#+.!|-])/g, '$1');
}

/** Blanks in a row set columns of a line apart. */
const wideGaps = (line: string) => line.trim().replace(/ {3,}/g, '\t');
