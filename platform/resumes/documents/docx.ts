import mammoth from 'mammoth';
import { unpack } from './archive.ts';
import { UnreadableFile, type DocumentLine } from './document.ts';
import { elementsOf, parseXml, type XmlNode } from './xml.ts';

/** What mammoth knows of a part of a document. */
interface Part {
  readonly type: string;
  readonly children?: readonly Part[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly numbering?: object | null;
  readonly fontSize?: number | null;
  readonly isBold?: boolean;
}

const HEADING = /^(heading|title|überschrift|titre|título|titolo|kop|nagłówek|заголовок)/i;
/** Points of running text where nothing else is said. */
const USUAL_SIZE = 11;

/** Reads a DOCX: its headers first, where contact data often is, then its paragraphs. @throws UnreadableFile */
export async function readDocx(bytes: Buffer): Promise<DocumentLine[]> {
  const files = await unpack(bytes, 'DOCX', (path) =>
    /^word\/(header\d*|document)\.xml$/.test(path),
  );
  if (!files.has('word/document.xml')) {
    throw new UnreadableFile('The file is no DOCX: save it as DOCX, and upload it again.');
  }
  const headers = [...files].filter(([path]) => path.includes('header'));
  const lines = headers.flatMap(([, xml]) =>
    paragraphsOf(parseXml(xml)).map((text) => textLine(text)),
  );
  const seen = new Set<string>();
  return [
    ...lines.filter(({ text }) => !seen.has(text) && seen.add(text)),
    ...(await bodyOf(bytes)),
  ];
}

async function bodyOf(bytes: Buffer): Promise<DocumentLine[]> {
  const lines: DocumentLine[] = [];
  const transformDocument = (document: Part) => {
    addLines(document, lines);
    return { ...document, children: [] };
  };
  try {
    await mammoth.convertToHtml({ buffer: bytes }, { transformDocument });
  } catch (error) {
    throw new UnreadableFile(
      'The DOCX is broken and cannot be read: save it again, and upload it anew.',
      error,
    );
  }
  return lines;
}

/** Paragraphs one after the other, those of tables cell by cell. An empty one sets the next apart. */
function addLines(part: Part, lines: DocumentLine[]): void {
  if (part.type !== 'paragraph') {
    for (const child of part.children ?? []) addLines(child, lines);
    return;
  }
  const style = part.styleName ?? '';
  const isHeading = HEADING.test(style);
  const size = Math.max(0, ...runsOf(part).map(({ fontSize }) => fontSize ?? 0)) / USUAL_SIZE;
  const kind = isHeading
    ? 'heading'
    : part.numbering || /list|bullet/i.test(style)
      ? 'item'
      : 'text';
  const paragraph = wordsOf(part).split('\n');
  for (const [index, text] of paragraph.entries()) {
    lines.push({
      ...textLine(text, kind),
      isApart: index === 0 && (isHeading || isBlank(lines.at(-1))),
      size,
    });
  }
}

const isBlank = (line: DocumentLine | undefined) => line?.text.trim() === '';

const runsOf = (part: Part): Part[] =>
  part.type === 'run' ? [part] : (part.children ?? []).flatMap(runsOf);

function wordsOf(part: Part): string {
  if (part.type === 'text') return part.value ?? '';
  if (part.type === 'tab') return '\t';
  if (part.type === 'break') return '\n';
  return (part.children ?? []).map(wordsOf).join('');
}

const textLine = (text: string, kind: DocumentLine['kind'] = 'text'): DocumentLine => ({
  text,
  kind,
  isApart: false,
  size: 0,
});

const PARAGRAPH = new Set(['w:p']);
/** What mammoth does not read: the headers of pages. */
const paragraphsOf = (nodes: readonly XmlNode[]) => elementsOf(nodes, PARAGRAPH).map(headerText);

function headerText(node: XmlNode): string {
  if (node.name === 'w:tab') return '\t';
  if (node.name === 'w:t') return textIn(node);
  return 'children' in node ? node.children.map(headerText).join('') : '';
}

const textIn = (node: XmlNode): string =>
  'children' in node ? node.children.map(textIn).join('') : 'text' in node ? node.text : '';
