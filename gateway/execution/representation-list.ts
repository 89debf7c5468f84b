import type { RepresentationFields, RepresentationWriter } from './representation-writer.ts';

type JsonObject = Record<string, unknown>;

/** The representations of one request: each of them only once. */
export interface RepresentationList {
  readonly texts: string[];
  readonly indices: Map<string, number>;
  /** For each kind of representations the first object with a certain key. */
  readonly firsts: Map<RepresentationFields, Map<unknown, Represented>>;
}

interface Represented {
  readonly object: JsonObject;
  readonly index: number;
}

/** An empty list. */
export function representationList(): RepresentationList {
  return { texts: [], indices: new Map(), firsts: new Map() };
}

/** Adds objects. Gives for each the index of its representation, -1 where it has none. */
export function addRepresentations(
  list: RepresentationList,
  writer: RepresentationWriter,
  objects: readonly JsonObject[],
): number[] {
  const indices: number[] = [];
  for (const object of objects) indices.push(indexOf(list, writer, object));
  return indices;
}

function indexOf(
  list: RepresentationList,
  writer: RepresentationWriter,
  object: JsonObject,
): number {
  const kind = writer.fieldsOf(object);
  if (!kind || kind.key === null) return indexByText(list, writer, object);
  let firsts = list.firsts.get(kind);
  if (!firsts) list.firsts.set(kind, (firsts = new Map()));
  const key = object[kind.key];
  const first = firsts.get(key);
  // Most objects that come again are equal to the first one with their key: then no text is needed.
  if (first && isSame(kind, first.object, object)) return first.index;
  const index = indexByText(list, writer, object);
  if (!first && index >= 0) firsts.set(key, { object, index });
  return index;
}

function isSame({ fields }: RepresentationFields, one: JsonObject, other: JsonObject): boolean {
  for (const { name, constant } of fields) {
    if (constant === null && one[name] !== other[name]) return false;
  }
  return true;
}

function indexByText(
  list: RepresentationList,
  writer: RepresentationWriter,
  object: JsonObject,
): number {
  const text = writer.write(object);
  if (text === null) return -1;
  const known = list.indices.get(text);
  if (known !== undefined) return known;
  const index = list.texts.push(text) - 1;
  list.indices.set(text, index);
  return index;
}
