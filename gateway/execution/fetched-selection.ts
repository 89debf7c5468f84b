import type { GraphQLSchema } from 'graphql';
import type { FetchedSelection, FetchPart } from './fetch-step.ts';
import { mergeObject } from './merge.ts';
import { isObject } from './own-property.ts';
import { addRepresentations, representationList } from './representation-list.ts';
import { applyRewrites } from './rewrites.ts';
import { objectsAt } from './targets.ts';
import { abstractTypes } from './type-condition.ts';

type JsonObject = Record<string, unknown>;

/** A selection as it is sent: for which objects of the response tree, in which representations. */
export interface PreparedSelection {
  readonly selection: FetchedSelection;
  readonly parts: readonly PreparedPart[];
  /** The JSON texts of the representations: each only once. */
  readonly representations: readonly string[];
}

export interface PreparedPart {
  readonly part: FetchPart;
  readonly targets: readonly JsonObject[];
  /** For each target the index of its representation; -1 where it has none. */
  readonly indices: readonly number[];
}

/** Looks for what a selection is to be fetched for; null where that is nothing. */
export function prepareSelection(
  selection: FetchedSelection,
  root: JsonObject,
): PreparedSelection | null {
  const list = representationList();
  let isNeeded = false;
  const parts: PreparedPart[] = [];
  for (const part of selection.parts) {
    const targets = objectsAt(root, part.path);
    const indices = part.represent ? addRepresentations(list, part.represent, targets) : [];
    if (part.represent ? list.texts.length > 0 : targets.length > 0) isNeeded = true;
    parts.push({ part, targets, indices });
  }
  return isNeeded ? { selection, parts, representations: list.texts } : null;
}

/** Merges data that is not of entities into the response tree. */
export function mergeData(
  schema: GraphQLSchema,
  { selection, parts }: PreparedSelection,
  data: JsonObject,
): void {
  applyRewrites(schema, selection.outputRewrites, data);
  for (const { targets } of parts) {
    const merging = { isShared: targets.length > 1, abstractTypes: abstractTypes(schema) };
    for (const target of targets) mergeObject(target, data, merging);
  }
}

/**
 * Merges entities into the objects that they were fetched for.
 *
 * @returns whether they are what was asked for: one for each representation
 */
export function mergeEntities(
  schema: GraphQLSchema,
  { selection, parts, representations }: PreparedSelection,
  entities: unknown,
): boolean {
  if (!Array.isArray(entities) || entities.length !== representations.length) return false;
  const { outputRewrites } = selection;
  const isShared = parts.reduce((sum, { targets }) => sum + targets.length, 0) > entities.length;
  for (const { part, targets, indices } of parts) {
    const merging = {
      isShared: isShared && part.needsCopies,
      abstractTypes: abstractTypes(schema),
    };
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index];
      const entity: unknown = entities[indices[index] ?? -1];
      if (!target || !isObject(entity)) continue;
      if (outputRewrites.length > 0) {
        // Rewrites depend on the type. Once done there is nothing left to rewrite: a second time does no harm.
        entity['__typename'] ??= target['__typename'];
        applyRewrites(schema, outputRewrites, entity);
      }
      mergeObject(target, entity, merging);
    }
  }
  return true;
}
