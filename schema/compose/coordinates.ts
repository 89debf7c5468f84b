import {
  Kind,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type EnumValueDefinitionNode,
} from 'graphql';
import type { Place } from '#schema/finding.ts';

/** A thing that a schema document defines. */
export type Element =
  | DefinitionNode
  | FieldDefinitionNode
  | InputValueDefinitionNode
  | EnumValueDefinitionNode;

/** Everything that a document defines, by schema coordinate, in order. Extensions count as their type. */
export function elementsOf(document: DocumentNode): { path: string; node: Element }[] {
  const elements: { path: string; node: Element }[] = [];
  const add = (path: string, node: Element): void => void elements.push({ path, node });
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const isDirective = definition.kind === Kind.DIRECTIVE_DEFINITION;
    const holder = isDirective ? `@${definition.name.value}` : definition.name.value;
    add(holder, definition);
    if ('arguments' in definition) addArguments(holder, definition.arguments ?? [], add);
    if ('values' in definition) {
      for (const value of definition.values ?? []) add(`${holder}.${value.name.value}`, value);
    }
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      const path = `${holder}.${field.name.value}`;
      add(path, field);
      if (field.kind === Kind.FIELD_DEFINITION) addArguments(path, field.arguments ?? [], add);
    }
  }
  return elements;
}

function addArguments(
  holder: string,
  values: readonly InputValueDefinitionNode[],
  add: (path: string, node: Element) => void,
): void {
  for (const value of values) add(`${holder}(${value.name.value}:)`, value);
}

/** Where a node stands: the place of its name, where it has one. */
export function placeOf(node: ASTNode | undefined): Place | undefined {
  const named = node && 'name' in node && node.name?.kind === Kind.NAME ? node.name : node;
  const start = named?.loc?.startToken;
  if (!start || !named.loc) return undefined;
  return { file: named.loc.source.name, line: start.line, column: start.column };
}

const indexes = new WeakMap<DocumentNode, ReadonlyMap<string, Element>>();

/** What a document defines, by coordinate. A document is looked through once, however often it is asked. */
function indexOf(document: DocumentNode): ReadonlyMap<string, Element> {
  const known = indexes.get(document);
  if (known) return known;
  const index = new Map(elementsOf(document).map(({ path, node }) => [path, node]));
  indexes.set(document, index);
  return index;
}

/** The place of a coordinate in a document; for a part that is missing, that of what it would belong to. */
export function placeOfPath(document: DocumentNode, path: string): Place | undefined {
  const elements = indexOf(document);
  const candidates = [path, path.replace(/\(\w+:\)$/, ''), path.replace(/[.(].*$/, '')];
  for (const candidate of candidates) {
    const node = elements.get(candidate);
    if (node) return placeOf(node);
  }
  return undefined;
}

/** The coordinate of the innermost thing that a character of a document belongs to. */
export function pathAt(document: DocumentNode, offset: number): string | undefined {
  let found: { path: string; length: number } | undefined;
  for (const { path, node } of elementsOf(document)) {
    const { loc } = node;
    if (!loc || loc.start > offset || loc.end < offset) continue;
    const length = loc.end - loc.start;
    if (!found || length <= found.length) found = { path, length };
  }
  return found?.path;
}

/** The names that a document gives to directives of Federation, by their own: `{ '@tag': '@tag' }`. */
export function directiveNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const read = (directive: ConstDirectiveNode): void => {
    const values = new Map(directive.arguments?.map(({ name, value }) => [name.value, value]));
    const url = values.get('url');
    const imported = values.get('import');
    if (url?.kind !== Kind.STRING || !/specs\.apollo\.dev\/federation\//.test(url.value)) return;
    if (imported?.kind !== Kind.LIST) return;
    for (const item of imported.values) {
      if (item.kind === Kind.STRING) names.set(item.value, item.value);
      if (item.kind !== Kind.OBJECT) continue;
      const part = (key: string) => item.fields.find(({ name }) => name.value === key)?.value;
      const [name, alias] = [part('name'), part('as')];
      if (name?.kind === Kind.STRING) {
        names.set(name.value, alias?.kind === Kind.STRING ? alias.value : name.value);
      }
    }
  };
  visit(document, {
    Directive: (node) => {
      if (node.name.value === 'link') read(node as ConstDirectiveNode);
    },
  });
  return names;
}
