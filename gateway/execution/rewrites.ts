import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, ownValue, setOwn } from './own-property.ts';
import { isOfType } from './type-condition.ts';

const FRAGMENT = '... on ';

/** The type of an element of a rewrite's path that is a condition; null where it is the name of a field. */
export function conditionOf(element: string): string | null {
  return element.startsWith(FRAGMENT) ? element.slice(FRAGMENT.length) : null;
}

/** Changes data as a plan wants it: sets values, or gives fields the names that they have in the client's answer. */
export function applyRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
): void {
  for (const rewrite of rewrites) applyAt(schema, rewrite, 0, value);
}

function applyAt(
  schema: GraphQLSchema,
  rewrite: FetchDataRewrite,
  depth: number,
  value: unknown,
): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(schema, rewrite, depth, item);
    return;
  }
  const element = rewrite.path[depth];
  if (!isObject(value) || element === undefined) return;
  if (depth === rewrite.path.length - 1) {
    rewriteField(rewrite, element, value);
    return;
  }
  const condition = conditionOf(element);
  if (condition === null) {
    applyAt(schema, rewrite, depth + 1, ownValue(value, element));
  } else if (mayBeOfType(schema, value, condition)) {
    applyAt(schema, rewrite, depth + 1, value);
  }
}

function rewriteField(
  rewrite: FetchDataRewrite,
  name: string,
  object: Record<string, unknown>,
): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, name, rewrite.setValueTo);
    return;
  }
  const value = ownValue(object, name);
  // `@apollo/gateway` would also leave 0, false and the empty text under their old name, and so lose them.
  if (value === undefined || value === null) return;
  setOwn(object, rewrite.renameKeyTo, value);
  object[name] = undefined;
}

function mayBeOfType(
  schema: GraphQLSchema,
  object: Record<string, unknown>,
  condition: string,
): boolean {
  const name = object['__typename'];
  return !name || (typeof name === 'string' && isOfType(schema, name, condition));
}
