import type { FetchNode } from '@apollo/query-planner';
import {
  Kind,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { representationsName } from './client-variables.ts';
import type { FetchDocument } from './fetch-document.ts';

/** A request to a subgraph but for the values of its variables. */
export interface RequestText {
  /** The beginning of the JSON text, up to the first variable. */
  readonly start: string;
  /** The client's variables that it uses, each with the text before its value. */
  readonly variables: readonly NamedText[];
  /** For each selection of entities in it, where they are in the answer, and the text before its representations. */
  readonly entities: readonly NamedText[];
}

export interface NamedText {
  readonly name: string;
  readonly before: string;
}

/** A fetch as it was planned. */
export interface JoinableFetch {
  readonly node: FetchNode;
  readonly document: FetchDocument;
}

/** The request of a fetch on its own: as it was planned. */
export function singleRequest({ node, document }: JoinableFetch): RequestText {
  return {
    start: startOf(document.text, node.operationName),
    variables: (node.variableUsages ?? []).map(named),
    entities: node.requires
      ? [{ name: '_entities', before: listOf(representationsName(document.operation)) }]
      : [],
  };
}

/** One request for several fetches of entities: their selections side by side, each under an alias. */
export function joinedRequest(fetches: readonly JoinableFetch[]): RequestText {
  const variables = new Set(fetches.flatMap(({ node }) => node.variableUsages ?? []));
  const prefix = freePrefix(variables);
  const definitions = new Map<string, string>();
  const fragments = new Map<string, string>();
  const selections = fetches.map(({ document }, index) => {
    const own = rename(document, `${prefix}${index}`, fragments);
    for (const { variable, type, defaultValue, directives } of own.variableDefinitions ?? []) {
      const text = print({
        kind: Kind.VARIABLE_DEFINITION,
        variable,
        type,
        defaultValue,
        directives,
      });
      definitions.set(variable.name.value, text);
    }
    return own.selectionSet.selections
      .map((selection) => `${alias(index)}:${print(selection)}`)
      .join(' ');
  });
  const first = fetches[0];
  const name = first?.node.operationName;
  const directives = (first?.document.operation.directives ?? []).map(print).join(' ');
  const text = `query ${name ?? ''}(${[...definitions.values()].join(',')})${directives}{${selections.join(' ')}}${[...fragments.values()].join(' ')}`;
  return {
    start: startOf(stripIgnoredCharacters(text), name),
    variables: [...variables].map(named),
    entities: fetches.map((_, index) => ({
      name: alias(index),
      before: listOf(`${prefix}${index}`),
    })),
  };
}

/** Whether two fetches define their common variables alike, so that they fit into one request. */
export function definesAlike(one: FetchDocument, other: FetchDocument): boolean {
  const texts = new Map(one.operation.variableDefinitions?.map(nameAndText));
  return (other.operation.variableDefinitions ?? []).map(nameAndText).every(([name, text]) => {
    const known = texts.get(name);
    return known === undefined || known === text;
  });
}

type Definition = NonNullable<OperationDefinitionNode['variableDefinitions']>[number];

function nameAndText(definition: Definition): [string, string] {
  return [definition.variable.name.value, print(definition)];
}

function alias(index: number): string {
  return `e${index}`;
}

/** The beginning of the names of the representations: one that the client uses for none of its variables. */
function freePrefix(variables: ReadonlySet<string>): string {
  let prefix = 'r';
  while ([...variables].some((name) => name.startsWith(prefix) && /\d$/.test(name))) prefix += '_';
  return prefix;
}

/** Renames the representations of an operation, and its fragments where one has the name of another. */
function rename(
  { document, operation }: FetchDocument,
  representations: string,
  fragments: Map<string, string>,
): OperationDefinitionNode {
  const own = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const planned = representationsName(operation);
  const isKnownOtherwise = own.some((definition) => {
    const known = fragments.get(definition.name.value);
    return known !== undefined && known !== print(definition);
  });
  const suffix = isKnownOtherwise ? `__${representations}` : '';
  const node = (name: string) => ({ kind: Kind.NAME, value: name }) as const;
  const renamed: DocumentNode = visit(document, {
    Variable: ({ name }) =>
      name.value === planned ? { kind: Kind.VARIABLE, name: node(representations) } : undefined,
    FragmentSpread: (spread) => ({ ...spread, name: node(spread.name.value + suffix) }),
    FragmentDefinition: {
      leave: (fragment) => ({ ...fragment, name: node(fragment.name.value + suffix) }),
    },
  });
  for (const definition of renamed.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, print(definition));
    }
  }
  return renamed.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
}

function startOf(query: string, operationName: string | undefined): string {
  const name = operationName ? `"operationName":${JSON.stringify(operationName)},` : '';
  return `{"query":${JSON.stringify(query)},${name}"variables":{`;
}

function named(name: string): NamedText {
  return { name, before: `${JSON.stringify(name)}:` };
}

function listOf(name: string): string {
  return `${JSON.stringify(name)}:[`;
}
