import { Kind, type FieldDefinitionNode } from 'graphql';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import {
  schemaElements,
  stringArgument,
  type SchemaElement,
} from '#schema/compose/schema-elements.ts';

/** A field that takes over from another subgraph. */
export interface MovedField {
  readonly path: string;
  /** The name of its type. */
  readonly type: string;
  /** null where it takes over at once. */
  readonly label: string | null;
  /** The subgraph that it takes over from. */
  readonly from: string;
  readonly element: SchemaElement;
  readonly node: FieldDefinitionNode;
}

/** The parts of all subgraphs, to compare one side with the other. */
export interface Sides {
  readonly fields: readonly MovedField[];
  readonly subgraphs: readonly Subgraph[];
  /** What a subgraph has at a coordinate; the parts of a type that is written in several places are one. */
  readonly at: (subgraph: string, path: string) => SchemaElement | undefined;
  /** The same, place by place. */
  readonly all: (subgraph: string, path: string) => readonly SchemaElement[];
  /** The elements of a subgraph that belong to a coordinate, by name. */
  readonly below: (subgraph: string, path: string) => ReadonlyMap<string, SchemaElement>;
  /** Whether a type is an entity in a subgraph. */
  readonly isEntity: (subgraph: string, type: string) => boolean;
}

/** Reads both sides of all moves from subgraphs. */
export function sidesOf(subgraphs: readonly Subgraph[]): Sides {
  const elements = schemaElements(subgraphs);
  const key = (subgraph: string, path: string): string => `${subgraph} ${path}`;
  const all = Map.groupBy(elements, ({ subgraph, path }) => key(subgraph.name, path));
  const children = Map.groupBy(elements, ({ subgraph, holder }) => key(subgraph.name, holder));
  return {
    subgraphs,
    fields: elements.flatMap(movedField),
    all: (subgraph, path) => all.get(key(subgraph, path)) ?? [],
    at: (subgraph, path) => all.get(key(subgraph, path))?.[0],
    below: (subgraph, path) =>
      new Map(children.get(key(subgraph, path))?.map((element) => [element.name, element])),
    isEntity: (subgraph, type) =>
      (all.get(key(subgraph, type)) ?? []).some(({ directives }) =>
        directives.some(({ name }) => name === '@key'),
      ),
  };
}

function movedField(element: SchemaElement): MovedField[] {
  const { node, path, holder, directives } = element;
  const override = directives.find(({ name }) => name === '@override')?.node;
  if (!override || node.kind !== Kind.FIELD_DEFINITION) return [];
  const label = stringArgument(override, 'label') ?? null;
  const from = stringArgument(override, 'from') ?? '';
  return [{ path, type: holder, label, from, element, node }];
}
