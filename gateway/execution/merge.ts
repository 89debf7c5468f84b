import { isObject, setOwn } from './own-property.ts';

type JsonObject = Record<string, unknown>;

/** How answers are merged. */
export interface Merging {
  /** The source is merged into other targets as well, which may differ later: then its objects are copied. */
  readonly isShared: boolean;
  /** The names of the interfaces and unions: a subgraph that knows an interface as objects calls them so. */
  readonly abstractTypes: ReadonlySet<string>;
}

/**
 * Merges an answer into an object of the response tree: objects into objects, lists of equal length item by
 * item, everything else takes the place of what was there, but no interface that of an object's own type. Parts
 * of the source become parts of the target.
 */
export function mergeObject(target: JsonObject, source: JsonObject, merging: Merging): void {
  // Answers are made by JSON.parse, so they have no inherited properties.
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const existing = target[key];
    // Whatever every object inherits is never undefined.
    if (existing === undefined) {
      target[key] = typeof value === 'object' && merging.isShared ? copyOf(value) : value;
    } else if (typeof value === 'object' || typeof existing === 'function' || key === '__proto__') {
      mergeProperty(target, key, value, merging);
    } else if (!(key === '__typename' && isLessExact(existing, value, merging))) {
      target[key] = value;
    }
  }
}

function isLessExact(existing: unknown, value: unknown, { abstractTypes }: Merging): boolean {
  return typeof existing === 'string' && typeof value === 'string' && abstractTypes.has(value);
}

function mergeProperty(target: JsonObject, key: string, value: unknown, merging: Merging): void {
  const existing = Object.hasOwn(target, key) ? target[key] : undefined;
  if (isObject(value) && isObject(existing)) {
    mergeObject(existing, value, merging);
  } else if (Array.isArray(value) && Array.isArray(existing) && value.length === existing.length) {
    mergeList(existing, value, merging);
  } else {
    setOwn(target, key, merging.isShared ? copyOf(value) : value);
  }
}

function mergeList(target: unknown[], source: readonly unknown[], merging: Merging): void {
  for (const [index, value] of source.entries()) {
    const existing = target[index];
    if (isObject(existing) && isObject(value)) {
      mergeObject(existing, value, merging);
    } else if (
      Array.isArray(existing) &&
      Array.isArray(value) &&
      existing.length === value.length
    ) {
      mergeList(existing, value, merging);
    } else {
      target[index] = merging.isShared ? copyOf(value) : value;
    }
  }
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key in value) setOwn(copy, key, copyOf(value[key]));
  return copy;
}
