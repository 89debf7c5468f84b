import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, ownValue, setOwn } from './own-property.ts';
import { mergeObject, type Merging } from './merge.ts';
import { applyRewrites } from './rewrites.ts';
import { isOfType } from './type-condition.ts';

type JsonObject = Record<string, unknown>;

/** What is selected twice is equal: only the tree must stay as it is. */
const MERGING: Merging = { isShared: true, abstractTypes: new Set() };

/**
 * The JSON text of the representation of an object, made in the general way; null where it lacks a field that
 * is required, or its type.
 */
export function representationOf(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[],
  object: JsonObject,
): string | null {
  const representation = select(schema, object, requires);
  if (!isObject(representation) || !representation['__typename']) return null;
  applyRewrites(schema, rewrites, representation);
  return JSON.stringify(representation);
}

/** The selected fields of a value; null where one is missing. */
function select(
  schema: GraphQLSchema,
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | null {
  if (!isObject(source)) return null;
  const result: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const value = ownValue(source, name);
      if (value === undefined) return null;
      setOwn(result, name, selectValue(schema, value, selection.selections));
    } else if (selection.typeCondition && hasType(schema, source, selection.typeCondition)) {
      const selected = select(schema, source, selection.selections);
      if (selected) mergeObject(result, selected, MERGING);
    }
  }
  return result;
}

function selectValue(
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
): unknown {
  if (!selections) return value;
  return Array.isArray(value)
    ? value.map((item) => select(schema, item, selections))
    : select(schema, value, selections);
}

function hasType(schema: GraphQLSchema, object: JsonObject, condition: string): boolean {
  const name = object['__typename'];
  return typeof name === 'string' && isOfType(schema, name, condition);
}
