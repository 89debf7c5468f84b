import type { Random } from './random.ts';

/** A way to name an entity, as a selection and as the fields that it needs. */
export interface Key {
  readonly selection: string;
  readonly fields: readonly string[];
}

export interface EntityField {
  readonly name: string;
  /** The field as it is written in SDL, up to its directives. */
  readonly text: string;
  /** The name of the innermost type. */
  readonly base: string;
  readonly owners: readonly DraftSubgraph[];
  readonly shareable: boolean;
}

export interface Entity {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly homes: readonly DraftSubgraph[];
  readonly fields: EntityField[];
}

export interface DraftType {
  readonly keyword: 'type' | 'interface';
  readonly directives: Set<string>;
  readonly interfaces: Set<string>;
  /** The fields as they are written in SDL, by name. */
  readonly fields: Map<string, string>;
}

export interface DraftSubgraph {
  readonly name: string;
  readonly types: Map<string, DraftType>;
  readonly unions: Map<string, readonly string[]>;
}

/** A type that is no entity: shareable wherever it stands. */
export interface ValueType {
  readonly name: string;
  readonly fields: readonly { readonly text: string; readonly base: string }[];
  readonly inaccessible: boolean;
}

/** An interface without a key. */
export interface PlainInterface {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly base: string;
  readonly implementations: readonly string[];
}

/** An entity interface: where it is an interface, and where it is one object for all its implementations. */
export interface EntityInterface {
  readonly name: string;
  readonly implementations: readonly string[];
  readonly home: DraftSubgraph;
  readonly objectHome: DraftSubgraph | undefined;
}

/** A graph while it is being drawn. */
export interface Draft {
  readonly draw: Random;
  readonly subgraphs: readonly DraftSubgraph[];
  readonly entities: Entity[];
  readonly values: ValueType[];
  readonly unions: Map<string, readonly string[]>;
  readonly interfaces: PlainInterface[];
  entityInterface: EntityInterface | undefined;
  readonly labels: Set<string>;
  /** Fields that have a value always, although a subgraph may not promise it. */
  readonly neverNull: Set<string>;
  /** `subgraph Type.field` → the fields of the representation that its value depends on. */
  readonly requires: Map<string, readonly string[]>;
}

export const LEAVES = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Color', 'Stuff'];

/** What every subgraph declares. */
export const COMMON_SDL = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@override", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"]
  )
  scalar Stuff
  enum Color { RED GREEN BLUE HIDDEN @inaccessible }
  enum Size { S M L }
  input Filter { n: Int text: String = "x" sizes: [Size!] deep: Filter }
`;

/** The SDL of a subgraph. */
export function writeSubgraph({ types, unions }: DraftSubgraph): string {
  const written = [...types].map(([name, type]) => {
    const implemented =
      type.interfaces.size > 0 ? ` implements ${[...type.interfaces].join(' & ')}` : '';
    const directives = [...type.directives].map((directive) => ` ${directive}`).join('');
    const fields = [...type.fields.values()].map((field) => `  ${field}\n`).join('');
    return `${type.keyword} ${name}${implemented}${directives} {\n${fields}}`;
  });
  const united = [...unions].map(([name, members]) => `union ${name} = ${members.join(' | ')}`);
  return [COMMON_SDL.trim(), ...written, ...united].join('\n');
}

/** A type of a subgraph, which is begun where it is not there yet. */
export function typeOf(
  subgraph: DraftSubgraph,
  name: string,
  keyword: DraftType['keyword'] = 'type',
): DraftType {
  const known = subgraph.types.get(name);
  if (known) return known;
  const type: DraftType = {
    keyword,
    directives: new Set(),
    interfaces: new Set(),
    fields: new Map(),
  };
  subgraph.types.set(name, type);
  return type;
}

/** The name at the beginning of a field's text. */
export function nameOf(text: string): string {
  return /^\w+/.exec(text)?.[0] ?? '';
}

/** Adds a key of an entity to a subgraph. */
export function addKey(subgraph: DraftSubgraph, name: string, key: Key, resolvable = true): void {
  const type = typeOf(subgraph, name);
  type.directives.add(`@key(fields: "${key.selection}"${resolvable ? '' : ', resolvable: false'})`);
  for (const field of key.fields) type.fields.set(nameOf(field), field);
  if (key.selection.startsWith('ref')) {
    const ref = typeOf(subgraph, 'Ref');
    ref.directives.add('@shareable');
    ref.fields.set('code', 'code: String!');
    ref.fields.set('hint', 'hint: Int');
  }
}

/** Whether a type can stand in a subgraph: where an interface is one object, its implementations cannot. */
export function mayStand(draft: Draft, subgraph: DraftSubgraph, name: string): boolean {
  const { entityInterface } = draft;
  if (!entityInterface) return true;
  if (name === entityInterface.name) {
    return subgraph === entityInterface.home || subgraph === entityInterface.objectHome;
  }
  if (subgraph !== entityInterface.objectHome) return true;
  return !reached(draft, name).some((type) => entityInterface.implementations.includes(type));
}

function reached(draft: Draft, name: string, seen = new Set<string>()): string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const value = draft.values.find((type) => type.name === name);
  const plain = draft.interfaces.find((type) => type.name === name);
  const next = [
    ...(value?.fields.map(({ base }) => base) ?? []),
    ...(draft.unions.get(name) ?? []),
    ...(plain ? [...plain.implementations, plain.base] : []),
  ];
  return [name, ...next.flatMap((type) => reached(draft, type, seen))];
}

/** Makes a type known to a subgraph, with all that it needs there. */
export function define(draft: Draft, subgraph: DraftSubgraph, name: string): void {
  if (subgraph.types.has(name) || subgraph.unions.has(name)) return;
  const { draw } = draft;
  const entity = draft.entities.find((type) => type.name === name);
  if (entity) addKey(subgraph, name, draw.pick(entity.keys), draw.chance(0.7));
  const value = draft.values.find((type) => type.name === name);
  if (value) defineValue(draft, subgraph, value);
  const members = draft.unions.get(name);
  if (members) {
    const some = draw.chance(0.25) ? draw.some(members, 0.6) : members;
    subgraph.unions.set(name, some);
    for (const member of some) define(draft, subgraph, member);
  }
  const plain = draft.interfaces.find((type) => type.name === name);
  if (plain) definePlainInterface(draft, subgraph, plain);
}

function defineValue(draft: Draft, subgraph: DraftSubgraph, value: ValueType): void {
  const type = typeOf(subgraph, value.name);
  type.directives.add('@shareable');
  if (value.inaccessible) type.directives.add('@inaccessible');
  for (const { text, base } of value.fields) {
    if (type.fields.size > 0 && draft.draw.chance(0.08)) continue;
    type.fields.set(nameOf(text), loosened(draft, value.name, text));
    define(draft, subgraph, base);
  }
  for (const plain of draft.interfaces) {
    if (!plain.implementations.includes(value.name)) continue;
    for (const [name, text] of plain.fields) type.fields.set(name, text);
    define(draft, subgraph, plain.base);
  }
}

/** Now and then a subgraph promises less than is true: null where there is never one. */
export function loosened(draft: Draft, type: string, text: string): string {
  if (!text.endsWith('!') || !draft.draw.chance(0.3)) return text;
  draft.neverNull.add(`${type}.${nameOf(text)}`);
  return text.slice(0, -1);
}

function definePlainInterface(draft: Draft, subgraph: DraftSubgraph, plain: PlainInterface): void {
  const type = typeOf(subgraph, plain.name, 'interface');
  for (const [name, text] of plain.fields) type.fields.set(name, text);
  define(draft, subgraph, plain.base);
  for (const implementation of plain.implementations) {
    define(draft, subgraph, implementation);
    const object = typeOf(subgraph, implementation);
    object.interfaces.add(plain.name);
    const isValue = draft.values.some((value) => value.name === implementation);
    for (const [name, text] of plain.fields) {
      const strict = text.endsWith('!') || !draft.draw.chance(0.3) ? text : `${text}!`;
      if (strict !== text) draft.neverNull.add(`${implementation}.${name}`);
      object.fields.set(name, isValue ? strict : `${strict} @shareable`);
    }
  }
}
