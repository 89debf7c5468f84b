import type DataLoader from 'dataloader';
import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { isUuid } from '#platform/graph/ids.ts';
import type { Context } from '../context.ts';
import type { EntitySource } from '../mapping/entities.ts';
import type { Loaders } from '../loaders/loaders.ts';

/**
 * Resolves references to an entity, all of a level with one lookup; null for what does not exist.
 *
 * A reference is not looked up when only `rowless` fields are asked for. That is not merely quicker: once an
 * entity lives on the new side, the monolith may not know it, and still it has its orders or its stock.
 *
 * @param type the name of the entity type
 * @param loader which lookup to use
 * @param sourceOf the entity of a row
 * @param rowless the fields that need no more than the id
 */
export function referenceResolver<Row>(
  type: string,
  loader: (loaders: Loaders) => DataLoader<string, Row | null>,
  sourceOf: (row: Row) => EntitySource<Row>,
  rowless: readonly string[],
) {
  const needsNoRow = new Set(['__typename', 'id', ...rowless]);
  return async (
    reference: { readonly id: string },
    { loaders }: Context,
    info: GraphQLResolveInfo,
  ): Promise<EntitySource<Row> | null> => {
    if (!isUuid(reference.id)) return null;
    const id = reference.id.toLowerCase();
    const names = info.fieldNodes.flatMap((node) => fieldsOf(type, node.selectionSet, info));
    if (names.every((name) => needsNoRow.has(name))) return { id };
    const row = await loader(loaders).load(id);
    return row === null ? null : sourceOf(row);
  };
}

/** The names of the fields that are selected on a type; on other types of a union they do not count. */
function fieldsOf(
  type: string,
  selections: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
): string[] {
  return (selections?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    const condition = fragment?.typeCondition?.name.value ?? type;
    return condition === type ? fieldsOf(type, fragment?.selectionSet, info) : [];
  });
}
