import {
  executeSync,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** Gives the JSON text of the answer to a field. @param variables as the client sent them */
export type IntrospectionWriter = (variables: Readonly<Record<string, unknown>>) => string;

/** Makes a `__schema` or `__type` field ready. @param nodes the field at all places where it is selected */
export function introspectionWriter(
  schema: GraphQLSchema,
  nodes: readonly FieldNode[],
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): IntrospectionWriter {
  const used = new Set<string>();
  const needed = new Map<string, FragmentDefinitionNode>();
  const note = (node: FieldNode | FragmentDefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => void used.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || needed.has(name.value)) return;
        needed.set(name.value, fragment);
        note(fragment);
      },
    });
  };
  for (const node of nodes) note(node);
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: operation.operation,
        variableDefinitions: operation.variableDefinitions?.filter(({ variable }) =>
          used.has(variable.name.value),
        ),
        selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
      },
      ...needed.values(),
    ],
  };
  // Without variables the answer is always the same.
  let constant: string | undefined;
  return (variables) => {
    if (constant !== undefined) return constant;
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (errors?.[0]) throw errors[0];
    const text = JSON.stringify(Object.values(data ?? {})[0]);
    if (used.size === 0) constant = text;
    return text;
  };
}
