import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GraphQLError,
  Kind,
  Source,
  concatAST,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** An operation that a client sends. */
export interface ClientOperation {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The file that it stands in. */
  readonly file: string;
  /** The client that sends it: the folder of the file. */
  readonly client: string;
  /** The operation with the fragments that its client shares. */
  readonly document: DocumentNode;
}

/** Something that is wrong with an operation, with the place to look. */
export interface OperationProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * Reads the operations below a folder: one sub-folder per client, `*.graphql` files with operations, and
 * fragments that all files of the client may use.
 *
 * @throws GraphQLError with file and line when a file is not GraphQL
 */
export async function readOperations(folder: string): Promise<ClientOperation[]> {
  const files = (await Array.fromAsync(glob('*/*.graphql', { cwd: folder }))).sort();
  const texts = await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      return { path, client: file.split('/')[0] ?? '', text: await readFile(path, 'utf8') };
    }),
  );
  return operationsOfTexts(texts);
}

/** A file of a client with operations or fragments. */
export interface OperationText {
  readonly path: string;
  readonly client: string;
  readonly text: string;
}

/** The operations of the texts of files. @throws GraphQLError with file and line when a text is not GraphQL */
export function operationsOfTexts(texts: readonly OperationText[]): ClientOperation[] {
  const documents = texts.map(({ path, client, text }) => ({
    path,
    client,
    document: parse(new Source(text, path)),
  }));
  return documents.flatMap(({ path, client, document }) => {
    const shared = concatAST(
      documents.filter((other) => other.client === client).map((other) => other.document),
    );
    return document.definitions
      .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      .map((operation) => clientOperation(operation, path, client, shared));
  });
}

function clientOperation(
  operation: OperationDefinitionNode,
  file: string,
  client: string,
  shared: DocumentNode,
): ClientOperation {
  if (!operation.name)
    throw new GraphQLError(`${file}: every operation of a client needs a name`, operation);
  const used = fragmentsOf(operation, shared);
  return {
    name: operation.name.value,
    kind: operation.operation,
    file,
    client,
    document: { kind: Kind.DOCUMENT, definitions: [operation, ...used] },
  };
}

/** The fragments that an operation uses, also through other fragments. */
function fragmentsOf(operation: OperationDefinitionNode, shared: DocumentNode) {
  const fragments = shared.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const used = new Set<(typeof fragments)[number]>();
  const collect = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(collect);
    if (typeof node !== 'object' || node === null || !('kind' in node)) return;
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const { name } = node as unknown as { name: { value: string } };
      const fragment = fragments.find((candidate) => candidate.name.value === name.value);
      if (fragment && !used.has(fragment)) {
        used.add(fragment);
        collect(fragment.selectionSet);
      }
      return;
    }
    if ('selectionSet' in node) collect(node.selectionSet);
    if ('selections' in node) collect(node.selections);
  };
  collect(operation);
  return [...used];
}

/** Validates operations against the API schema. @returns every problem, none when all is well */
export function checkOperations(
  schema: GraphQLSchema,
  operations: readonly ClientOperation[],
): OperationProblem[] {
  const problems = operations.flatMap((operation) =>
    validate(schema, operation.document).map((error) => ({
      file: error.source?.name ?? error.nodes?.[0]?.loc?.source.name ?? operation.file,
      line: error.locations?.[0]?.line ?? 1,
      message: `${operation.name}: ${error.message}`,
    })),
  );
  return [...problems, ...duplicateNames(operations)];
}

function duplicateNames(operations: readonly ClientOperation[]): OperationProblem[] {
  const seen = new Map<string, string>();
  return operations.flatMap(({ name, file }) => {
    const first = seen.get(name);
    seen.set(name, first ?? file);
    return first === undefined
      ? []
      : [{ file, line: 1, message: `${name} is also the name of an operation in ${first}` }];
  });
}
