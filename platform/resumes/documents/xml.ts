import { XMLParser } from 'fast-xml-parser';
import { UnreadableFile } from './document.ts';

/** An element with its attributes and children in their order, or a text. */
export type XmlNode =
  | { readonly name: '#text'; readonly text: string }
  | {
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly children: readonly XmlNode[];
    };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: 200,
});

/** Parses XML. Entities that it defines itself are limited by the parser. @throws UnreadableFile */
export function parseXml(bytes: Buffer): XmlNode[] {
  try {
    return (parser.parse(bytes.toString('utf8')) as RawNode[]).map(nodeOf);
  } catch (error) {
    throw new UnreadableFile(
      'The file is broken and cannot be read: save it again, and upload it anew.',
      error,
    );
  }
}

type RawNode = Readonly<Record<string, unknown>>;

function nodeOf(raw: RawNode): XmlNode {
  const { ':@': attributes = {}, ...element } = raw;
  const [[name, value] = ['', []]] = Object.entries(element);
  if (name === '#text') return { name: '#text', text: String(value) };
  return {
    name,
    attributes: attributes as Record<string, string>,
    children: Array.isArray(value) ? (value as RawNode[]).map(nodeOf) : [],
  };
}

/** All elements of these names, outermost first; nothing is looked for inside of them. */
export function elementsOf(nodes: readonly XmlNode[], names: ReadonlySet<string>): XmlNode[] {
  return nodes.flatMap((node) =>
    names.has(node.name) ? [node] : 'children' in node ? elementsOf(node.children, names) : [],
  );
}
