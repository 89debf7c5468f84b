import {
  Kind,
  NoDeprecatedCustomRule,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { ComposedGraph } from '#schema/compose/compose-graph.ts';
import type { Contract } from '#schema/compose/contracts.ts';
import type { Finding } from '#schema/finding.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';
import { newFindings } from '#schema/rules/lint.ts';
import type { Policy } from '#schema/rules/policy.ts';

/** The schemas that clients are served: all of them, or those of a contract. */
export interface ServedSchemas {
  readonly api: GraphQLSchema;
  /** By name. */
  readonly contracts: ReadonlyMap<string, GraphQLSchema>;
}

/** The schemas that a graph gives to clients. */
export function servedSchemas({ composition, contracts }: ComposedGraph): ServedSchemas {
  return {
    api: composition.schema,
    contracts: new Map([...contracts].map(([name, { schema }]) => [name, schema])),
  };
}

/** What is wrong with operations whose text is known, each against the schema that its client is served. */
export function operationFindings(
  operations: readonly UsedOperation[],
  served: ServedSchemas,
  contracts: readonly Contract[],
  policy: Policy,
): Finding[] {
  return [
    ...operations.flatMap((operation) => {
      const contract = contracts.find(({ clients }) => clients.includes(operation.client));
      const schema = contract ? served.contracts.get(contract.name) : undefined;
      return ofOperation(
        operation,
        schema ?? served.api,
        schema && contract ? ` (in the contract ${contract.name})` : '',
        policy,
      );
    }),
    ...sameNames(operations),
  ];
}

/**
 * Findings less those of the base. An operation that the base refuses is not new when it is refused for another reason:
 * what it needs may come from several subgraphs, which are published one at a time.
 */
export function newOperationFindings(
  findings: readonly Finding[],
  before: readonly Finding[],
): readonly Finding[] {
  const refused = new Set(before.flatMap(refusedOperation));
  return newFindings(findings, before).filter(
    (finding) => !refusedOperation(finding).some((operation) => refused.has(operation)),
  );
}

function refusedOperation({ rule, operations = [] }: Finding): string[] {
  return rule === 'operation-invalid'
    ? operations.map(({ name, client }) => `${client} ${name}`)
    : [];
}

function ofOperation(
  operation: UsedOperation,
  schema: GraphQLSchema,
  surface: string,
  policy: Policy,
): Finding[] {
  const { document, name, client, source } = operation;
  if (!document) return [];
  const operations = [{ name, client, source }];
  const invalid = validate(schema, document).map((error): Finding => ({
    rule: 'operation-invalid',
    severity: 'error',
    path: name,
    message: `${name}: ${error.message}${surface}`,
    at: placeOf(error, source),
    operations,
  }));
  const deprecated = validate(schema, document, [NoDeprecatedCustomRule]).map((error): Finding => ({
    rule: 'operation-uses-deprecated',
    severity: 'warning',
    path: name,
    message: `${name}: ${error.message}`,
    at: placeOf(error, source),
    operations,
  }));
  const found = invalid.length > 0 ? invalid : deprecated;
  // Whatever the schema is: what is too deep was so in the base as well, even if that refused it.
  const depth = depthOf(document);
  if (depth <= policy.maximumDepth) return found;
  return [
    ...found,
    {
      rule: 'operation-too-deep',
      severity: 'error',
      path: name,
      message: `${name} is ${depth} levels deep; ${policy.maximumDepth} are allowed.`,
      mend: 'Ask in two operations, or raise `maximumDepth` in schema/policy.yaml.',
      at: { file: source, line: lineOf(document), column: 1 },
      operations,
    },
  ];
}

function placeOf(error: GraphQLError, source: string) {
  const file = error.source?.name;
  const [location] = error.locations ?? [];
  return {
    file: file === undefined || file === 'GraphQL request' ? source : file,
    line: location?.line ?? 1,
    column: location?.column ?? 1,
  };
}

function lineOf(document: DocumentNode): number {
  return document.definitions[0]?.loc?.startToken.line ?? 1;
}

/** How many levels of fields an operation has, with its fragments written out. */
export function depthOf(document: DocumentNode): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const known = new Map<SelectionSetNode, number>();
  const depth = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const found = known.get(set);
    if (found !== undefined) return found;
    // A fragment that spreads itself is not valid, and must not hang us.
    known.set(set, 0);
    let deepest = 0;
    for (const selection of set.selections) {
      const below =
        selection.kind === Kind.FIELD
          ? 1 + depth(selection.selectionSet)
          : depth(
              selection.kind === Kind.INLINE_FRAGMENT
                ? selection.selectionSet
                : fragments.get(selection.name.value),
            );
      deepest = Math.max(deepest, below);
    }
    known.set(set, deepest);
    return deepest;
  };
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operation && 'selectionSet' in operation ? depth(operation.selectionSet) : 0;
}

/** Names tell operations apart in manifests, plans and traffic: the same one must not stand for two of them. */
function sameNames(operations: readonly UsedOperation[]): Finding[] {
  const seen = new Map<string, string>();
  return operations.flatMap(({ name, client, source, document }): Finding[] => {
    const first = seen.get(name);
    seen.set(name, first ?? source);
    // Manifests are of other clients, who may well have the same name.
    if (first === undefined || !document || source.endsWith('.json')) return [];
    return [
      {
        rule: 'operation-name-twice',
        severity: 'error',
        path: name,
        message: `${name} is also the name of an operation in ${first}.`,
        mend: 'Give one of them another name.',
        at: { file: source, line: lineOf(document), column: 1 },
        operations: [{ name, client, source }],
      },
    ];
  });
}
