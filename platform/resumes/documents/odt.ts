import { unpack } from './archive.ts';
import { UnreadableFile, type DocumentLine } from './document.ts';
import { elementsOf, parseXml, type XmlNode } from './xml.ts';

const HEADERS = new Set(['style:header']);
const BODY = new Set(['office:body']);

/** Reads an ODT (OpenDocument 1.3, part 3): the headers of its pages first, then its paragraphs. @throws UnreadableFile */
export async function readOdt(bytes: Buffer): Promise<DocumentLine[]> {
  const files = await unpack(bytes, 'ODT', (path) => /^(?:content|styles)\.xml$/.test(path));
  const content = files.get('content.xml');
  if (!content)
    throw new UnreadableFile('The file is no ODT: save it as ODT, and upload it again.');
  const styles = files.get('styles.xml');
  const lines: DocumentLine[] = [];
  const headers = styles ? elementsOf(parseXml(styles), HEADERS).slice(0, 1) : [];
  for (const part of [...headers, ...elementsOf(parseXml(content), BODY)])
    addLines(part, lines, 'text');
  return lines;
}

function addLines(node: XmlNode, lines: DocumentLine[], kind: DocumentLine['kind']): void {
  if (!('children' in node)) return;
  if (node.name === 'text:h') addParagraph(node, lines, 'heading');
  else if (node.name === 'text:p') addParagraph(node, lines, kind);
  else if (node.name === 'text:tracked-changes') return;
  else {
    const inside = node.name === 'text:list' ? 'item' : kind;
    for (const child of node.children) addLines(child, lines, inside);
  }
}

function addParagraph(node: XmlNode, lines: DocumentLine[], kind: DocumentLine['kind']): void {
  // A frame stands in a paragraph and has paragraphs of its own.
  const frames: XmlNode[] = [];
  for (const [index, text] of wordsOf(node, frames).split('\n').entries()) {
    const isApart = index === 0 && (kind === 'heading' || lines.at(-1)?.text.trim() === '');
    lines.push({ text, isApart, size: 0, kind });
  }
  for (const frame of frames) {
    if ('children' in frame) for (const child of frame.children) addLines(child, lines, 'text');
  }
}

function wordsOf(node: XmlNode, frames: XmlNode[]): string {
  if ('text' in node) return node.text.replace(/[\s\u200B]+/g, ' ');
  if (!('children' in node)) return '';
  if (node.name === 'text:tab') return '\t';
  if (node.name === 'text:line-break') return '\n';
  if (node.name === 'text:s')
    return ' '.repeat(Math.min(20, Number(node.attributes['text:c'] ?? 1)));
  if (node.name === 'draw:frame') {
    frames.push(node);
    return '';
  }
  if (node.name === 'text:note' || node.name === 'office:annotation') return '';
  return node.children.map((child) => wordsOf(child, frames)).join('');
}
