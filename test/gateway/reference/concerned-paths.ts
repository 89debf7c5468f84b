import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  parse,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/** A path in the answer of a subgraph. */
export type AnswerPath = readonly (string | number)[];

/** What a failed request to a subgraph had asked for. */
export interface FailedRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** A field that was asked for, and for which type, in a selection of entities. */
interface Asked {
  readonly type: string | null;
  readonly responseName: string;
}

/**
 * The paths of the fields that a request to a subgraph asked for: each of them is missing when it fails.
 *
 * @param mayBe whether an entity of a type can be of another; without it only equal types are told apart
 */
export function concernedPaths(failed: FailedRequest, mayBe?: MayBe): AnswerPath[] {
  const document = parse(failed.query, { noLocation: true });
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const operation = document.definitions.find((part) => part.kind === Kind.OPERATION_DEFINITION);
  const variables = { ...defaultsOf(operation), ...failed.variables };
  const roots = fieldsOf(operation?.selectionSet.selections ?? [], fragments, variables, null);
  return roots.flatMap(({ field, responseName }) =>
    field.name.value === '_entities'
      ? entityPaths(
          fieldsOf(field.selectionSet?.selections ?? [], fragments, variables, null),
          variables['representations'],
          mayBe,
        )
      : [[responseName]],
  );
}

/** What variables are where the request does not say. */
function defaultsOf(operation: OperationDefinitionNode | undefined): Record<string, unknown> {
  return Object.fromEntries(
    (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

/** Whether an entity that a representation calls by a type can be of another type. */
export type MayBe = (type: string, condition: string) => boolean;

function entityPaths(
  asked: readonly Asked[],
  representations: unknown,
  mayBe?: MayBe,
): AnswerPath[] {
  if (!Array.isArray(representations)) return [['_entities']];
  // Where only the type was asked for, nothing is known of the object.
  if (asked.length === 0) return representations.map((_, index) => ['_entities', index]);
  const types = new Set(representations.map(typeOf));
  // A condition that is no representation's type is an interface: then every entity may be meant.
  const isMeant = (own: string, type: string): boolean =>
    mayBe ? mayBe(own, type) : !types.has(type) || type === own;
  return representations.flatMap((representation, index) =>
    asked
      .filter(({ type }) => !type || isMeant(typeOf(representation), type))
      .map(({ responseName }) => ['_entities', index, responseName]),
  );
}

function typeOf(representation: unknown): string {
  return String((representation as { __typename?: unknown } | null)?.__typename);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fieldsOf(
  selections: readonly SelectionNode[],
  fragments: Fragments,
  variables: Record<string, unknown>,
  type: string | null,
): (Asked & { readonly field: FieldNode })[] {
  return selections
    .filter((selection) => isIncluded(selection, variables))
    .flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        const responseName = selection.alias?.value ?? selection.name.value;
        return selection.name.value === '__typename'
          ? []
          : [{ field: selection, responseName, type }];
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition?.name.value ?? type;
      return fieldsOf(fragment?.selectionSet.selections ?? [], fragments, variables, condition);
    });
}

function isIncluded(selection: SelectionNode, variables: Record<string, unknown>): boolean {
  const valueOf = (directive: typeof GraphQLSkipDirective): unknown =>
    getDirectiveValues(directive, selection, variables)?.['if'];
  return valueOf(GraphQLSkipDirective) !== true && valueOf(GraphQLIncludeDirective) !== false;
}
