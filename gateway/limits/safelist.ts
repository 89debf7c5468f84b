import { readFile } from 'node:fs/promises';
import {
  GraphQLError,
  Kind,
  parse,
  print,
  Source,
  visit,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
} from 'graphql';
import { z } from 'zod';

/** The operations that are answered, and no others. */
export interface Safelist {
  /** The text of an operation by its id; undefined where there is none. */
  body(id: string): string | undefined;
  /** Whether a document is one of the operations, but for white space, the order of its definitions and `__typename`. */
  has(document: DocumentNode): boolean;
}

/** The safelist cannot be read. The message is one line. */
export class SafelistError extends Error {
  readonly code = 'SAFELIST_INVALID';
}

/** A persisted query manifest as Apollo's tools for clients write it, and `npm run schema -- manifest`. */
const manifestType = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
});

/** @param path of a persisted query manifest @throws SafelistError */
export async function readSafelist(path: string): Promise<Safelist> {
  try {
    return createSafelist(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = reasonOf(error).replaceAll(/\s+/g, ' ');
    throw new SafelistError(`the safelist ${path} cannot be read: ${reason}`, { cause: error });
  }
}

/** @param manifest a persisted query manifest @throws ZodError, or GraphQLError of a body that is not GraphQL */
export function createSafelist(manifest: unknown): Safelist {
  const { operations } = manifestType.parse(manifest);
  const bodies = new Map(operations.map(({ id, body }) => [id, body]));
  const keys = new Set(
    operations.map(({ name, body }) => keyOf(parse(new Source(body, name), { noLocation: true }))),
  );
  return {
    body: (id) => bodies.get(id),
    has: (document) => keys.has(keyOf(document)),
  };
}

/** Why an operation is refused that is not on the safelist. @param id what the client sent instead of a text */
export function notSafelisted(id: string | null): GraphQLError {
  const what = id === null ? 'This operation is' : `No operation with the id ${id.slice(0, 80)} is`;
  return new GraphQLError(
    `${what} on the safelist of this gateway, which answers nothing else: add the operation to the client's operations, write the manifest again, and start the gateway with it.`,
    { extensions: { code: 'OPERATION_NOT_SAFELISTED', http: { status: 400 } } },
  );
}

/** Equal for documents that are the same operation. */
function keyOf(document: DocumentNode): string {
  // Clients add `__typename` to what their developers wrote.
  const bare = visit(document, {
    SelectionSet: {
      leave(set) {
        const others = set.selections.filter((selection) => !isTypeName(selection));
        if (others.length === 0 || others.length === set.selections.length) return undefined;
        return { ...set, selections: others };
      },
    },
  });
  return bare.definitions
    .map((definition) => print(definition))
    .sort()
    .join('\n');
}

function isTypeName(selection: SelectionNode): selection is FieldNode {
  if (selection.kind !== Kind.FIELD || selection.name.value !== '__typename') return false;
  return !selection.alias && !selection.directives?.length;
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return 'it has to be a manifest in the format apollo-persisted-query-manifest, as `npm run schema -- manifest` writes it';
  }
  if (error instanceof GraphQLError) return error.toString();
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : message;
}
