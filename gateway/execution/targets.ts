import { isInherited, isObject, ownValue } from './own-property.ts';

type JsonObject = Record<string, unknown>;

/** The path of a value in the client's answer. */
export type ResponsePath = readonly (string | number)[];

/** An element of the path at which a fetch begins; null: the items of a list. */
export type TargetPath = readonly (TargetField | null)[];

interface TargetField {
  readonly name: string;
  /** Every object has a property of this name. */
  readonly isInherited: boolean;
}

/** Makes the path of a plan ready. @param path response names, and `@` for the items of a list */
export function targetPath(path: readonly string[]): TargetPath {
  return path.map((name) => (name === '@' ? null : { name, isInherited: isInherited(name) }));
}

/** The objects at a path of the response tree, in the order of the answer. */
export function objectsAt(root: JsonObject, path: TargetPath): JsonObject[] {
  const found: JsonObject[] = [];
  collect(root, path, 0, found);
  return found;
}

function collect(value: unknown, path: TargetPath, depth: number, found: JsonObject[]): void {
  const field = path[depth];
  if (field === null) {
    if (!Array.isArray(value)) return;
    for (let index = 0; index < value.length; index++) {
      collect(value[index], path, depth + 1, found);
    }
  } else if (isObject(value)) {
    if (field === undefined) found.push(value);
    else collect(property(value, field), path, depth + 1, found);
  }
}

function property(object: JsonObject, field: TargetField): unknown {
  return field.isInherited ? ownValue(object, field.name) : object[field.name];
}

/** The paths of the same objects, in the same order: only needed where something went wrong. */
export function pathsOf(root: JsonObject, path: TargetPath): ResponsePath[] {
  const found: ResponsePath[] = [];
  collectPaths(root, path, [], 0, found);
  return found;
}

function collectPaths(
  value: unknown,
  path: TargetPath,
  at: ResponsePath,
  depth: number,
  found: ResponsePath[],
): void {
  const field = path[depth];
  if (field === null) {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) {
      collectPaths(item, path, [...at, index], depth + 1, found);
    }
  } else if (isObject(value)) {
    if (field === undefined) found.push(at);
    else collectPaths(property(value, field), path, [...at, field.name], depth + 1, found);
  }
}

/** A path up to its first list: which items are meant cannot be said. */
export function pathBeforeLists(path: TargetPath): ResponsePath {
  const names: string[] = [];
  for (const field of path) {
    if (field === null) break;
    names.push(field.name);
  }
  return names;
}
