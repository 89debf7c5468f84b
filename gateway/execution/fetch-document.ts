import type { FetchNode } from '@apollo/query-planner';
import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { conditionsOf, type Condition } from './conditions.ts';
import { readOperation } from './needed-typenames.ts';
import { conditionOf } from './rewrites.ts';

/** A field that a fetch asks for, of its root or of its entities. */
export interface AskedField {
  readonly responseName: string;
  /** The type of the entities that it is asked for; null: any. */
  readonly type: string | null;
  readonly conditions: readonly Condition[];
}

/** What the operation of a fetch says. */
export interface FetchDocument {
  /** What is sent. */
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The selection of the entities, or of the root where it fetches none. */
  readonly selections: readonly SelectionNode[];
  readonly asked: readonly AskedField[];
  /** The paths, with dots, of all values that have parts: objects, lists, and scalars of any shape. */
  readonly written: ReadonlySet<string>;
  /** Whether every field is marked `@tag(name: "public")`. */
  readonly isPublic: boolean;
}

/** Reads the operation of a fetch. @param schema the supergraph's, with all types of all subgraphs */
export function readFetch(schema: GraphQLSchema, node: FetchNode): FetchDocument {
  const { document, text } = readOperation(schema, node.serviceName, node.operation);
  const operation = document.definitions.find((part) => part.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error(`The plan has a fetch without an operation: ${node.operation}`);
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const roots = operation.selectionSet.selections;
  const selections = node.requires ? entitySelections(roots) : roots;
  const asked: AskedField[] = [];
  addAsked(selections, fragments, null, [], asked);
  const reading: Reading = {
    schema,
    fragments,
    renamed: renamedFields(node),
    written: new Set(),
    isPublic: true,
  };
  const rootType = node.requires ? undefined : schema.getRootType(operation.operation);
  readSelections(reading, selections, rootType ?? undefined, '');
  const { written, isPublic } = reading;
  return { text, document, operation, selections, asked, written, isPublic };
}

/** The text of what is selected: equal for fetches that ask for the same. */
export function selectionText({ document, operation }: FetchDocument): string {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return [operation.selectionSet, ...fragments].map(print).join(' ');
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function entitySelections(roots: readonly SelectionNode[]): readonly SelectionNode[] {
  return roots.flatMap((root) =>
    root.kind === Kind.FIELD ? (root.selectionSet?.selections ?? []) : [],
  );
}

function addAsked(
  selections: readonly SelectionNode[],
  fragments: Fragments,
  type: string | null,
  outer: readonly Condition[],
  asked: AskedField[],
): void {
  for (const selection of selections) {
    const own = conditionsOf(selection.directives);
    if (!own) continue;
    const conditions = [...outer, ...own];
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value === '__typename') continue;
      asked.push({ responseName: responseNameOf(selection), type, conditions });
    } else {
      const fragment = fragmentOf(selection, fragments);
      const condition = fragment?.typeCondition?.name.value ?? type;
      const below = fragment?.selectionSet.selections ?? [];
      addAsked(below, fragments, condition, conditions, asked);
    }
  }
}

function responseNameOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function fragmentOf(
  selection: Exclude<SelectionNode, FieldNode>,
  fragments: Fragments,
):
  | (Pick<FragmentDefinitionNode, 'selectionSet'> & {
      readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
    })
  | undefined {
  return selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly renamed: ReadonlyMap<string, string>;
  readonly written: Set<string>;
  isPublic: boolean;
}

function readSelections(
  reading: Reading,
  selections: readonly SelectionNode[],
  type: GraphQLNamedType | undefined,
  path: string,
): void {
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) {
      const fragment = fragmentOf(selection, reading.fragments);
      const condition = fragment?.typeCondition?.name.value;
      const inner = condition === undefined ? type : reading.schema.getType(condition);
      readSelections(reading, fragment?.selectionSet.selections ?? [], inner, path);
    } else if (selection.name.value !== '__typename') {
      readField(reading, selection, fieldOf(type, selection.name.value), path);
    }
  }
}

function readField(
  reading: Reading,
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
  parent: string,
): void {
  if (!field || !isMarkedPublic(field)) reading.isPublic = false;
  const received = joined(parent, responseNameOf(node));
  const path = joined(parent, reading.renamed.get(received) ?? responseNameOf(node));
  if (node.selectionSet || !field || !isPlain(field.type)) reading.written.add(path);
  const type = field && getNamedType(field.type);
  readSelections(reading, node.selectionSet?.selections ?? [], type, path);
}

function fieldOf(
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function joined(parent: string, name: string): string {
  return parent ? `${parent}.${name}` : name;
}

/** Whether values of a type have no parts. */
function isPlain(type: GraphQLOutputType): boolean {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) return false;
  return isEnumType(nullable) || isSpecifiedScalarType(nullable);
}

function isMarkedPublic({ astNode }: GraphQLField<unknown, unknown>): boolean {
  return (astNode?.directives ?? []).some(
    ({ name, arguments: given }) =>
      name.value === 'tag' &&
      given?.some(({ value }) => value.kind === Kind.STRING && value.value === 'public'),
  );
}

/** The names that fields get after they were fetched, by the paths under which they are fetched. */
function renamedFields({ outputRewrites }: FetchNode): ReadonlyMap<string, string> {
  return new Map(
    (outputRewrites ?? []).flatMap((rewrite): [string, string][] =>
      rewrite.kind === 'KeyRenamer'
        ? [
            [
              rewrite.path.filter((element) => conditionOf(element) === null).join('.'),
              rewrite.renameKeyTo,
            ],
          ]
        : [],
    ),
  );
}
