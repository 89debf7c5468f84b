import { createHash } from 'node:crypto';
import { Kind, print, visit, type DocumentNode, type FieldNode } from 'graphql';
import { compare } from './compare.ts';
import type { ClientOperation } from './operations.ts';

/** An operation of a manifest. */
export interface ManifestOperation {
  /** SHA-256 of the body, in hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly type: ClientOperation['kind'];
  readonly body: string;
}

/** The format of Apollo's tools for persisted queries. */
export interface PersistedQueryManifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly ManifestOperation[];
}

/**
 * The manifest of operations, sorted by name. Bodies are what Apollo Client sends: with `__typename` in every
 * selection below the root, the operation before its fragments, and those by name. So the ids are those that
 * `@apollo/generate-persisted-query-manifest` makes, and `@apollo/persisted-query-lists` sends.
 */
export function persistedQueryManifest(
  operations: readonly ClientOperation[],
): PersistedQueryManifest {
  const entries = operations.map(({ name, kind, document }): ManifestOperation => {
    const body = print(sorted(withTypeNames(document)));
    return { id: createHash('sha256').update(body).digest('hex'), name, type: kind, body };
  });
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: entries.sort((a, b) => compare(a.name, b.name)),
  };
}

const TYPE_NAME: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/** Selections of the schema, and those with `__typename`, stay as they are. */
function withTypeNames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet(set, _key, parent) {
      const isRoot =
        parent !== undefined && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const isComplete = set.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
      );
      if (isRoot || isComplete) return undefined;
      return { ...set, selections: [...set.selections, TYPE_NAME] };
    },
  });
}

function sorted(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.toSorted(
    // "OperationDefinition" before "FragmentDefinition".
    (a, b) => compare(b.kind, a.kind) || compare(nameOf(a), nameOf(b)),
  );
  return { ...document, definitions };
}

function nameOf(definition: DocumentNode['definitions'][number]): string {
  return 'name' in definition ? (definition.name?.value ?? '') : '';
}
