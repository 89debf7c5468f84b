import type { FetchNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

/** What the planner calls the variable with the entities of a fetch, whatever the client's variables are called. */
const REPRESENTATIONS = 'representations';

/**
 * Gives the entities of a fetch a variable of another name where the client has one of theirs: the planner leaves out the
 * client's definition, and both would be one variable.
 *
 * @param definitions the client's variables
 */
export function separateVariables(
  node: FetchNode,
  definitions: readonly VariableDefinitionNode[],
): FetchNode {
  const own = definitions.find(({ variable }) => variable.name.value === REPRESENTATIONS);
  if (!own || !node.requires) return node;
  const name = freeName(definitions);
  const isUsed = node.variableUsages?.includes(REPRESENTATIONS) === true;
  const document = parse(node.operation, { noLocation: true });
  const separate = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? renamed(definition, name, isUsed ? [own] : [])
      : definition,
  );
  const text = print({ ...document, definitions: separate });
  return { ...node, operation: stripIgnoredCharacters(text) };
}

/** The name of the variable with the entities that a fetch asks for. */
export function representationsName({ variableDefinitions }: OperationDefinitionNode): string {
  // The planner defines it before the client's.
  return variableDefinitions?.[0]?.variable.name.value ?? REPRESENTATIONS;
}

function freeName(definitions: readonly VariableDefinitionNode[]): string {
  const taken = new Set(definitions.map(({ variable }) => variable.name.value));
  let name = REPRESENTATIONS;
  while (taken.has(name)) name += '_';
  return name;
}

/** Only `_entities` and its variable are the planner's: all below is the client's. */
function renamed(
  operation: OperationDefinitionNode,
  name: string,
  own: readonly VariableDefinitionNode[],
): OperationDefinitionNode {
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
  const [planned, ...others] = operation.variableDefinitions ?? [];
  const selections = operation.selectionSet.selections.map((root) =>
    root.kind === Kind.FIELD
      ? { ...root, arguments: root.arguments?.map((given) => ({ ...given, value: variable })) }
      : root,
  );
  return {
    ...operation,
    variableDefinitions: planned ? [{ ...planned, variable }, ...own, ...others] : others,
    selectionSet: { ...operation.selectionSet, selections },
  };
}
