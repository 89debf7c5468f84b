import { readFile, stat } from 'node:fs/promises';
import { GraphQLError, Kind, parse } from 'graphql';
import { z } from 'zod';
import { readOperations } from '#schema/operations.ts';
import type { KnownOperation } from './warm-up.ts';

/** The operations that clients are known to send cannot be read. The message is one line. */
export class KnownOperationsError extends Error {
  readonly code = 'OPERATIONS_INVALID';
}

/** The part that matters of a persisted query manifest, in the format of Apollo's tools for clients. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ body: z.string() })),
});

/**
 * Reads the operations that clients send.
 *
 * @param path a folder with a sub-folder of `*.graphql` files for each client, or a manifest in JSON
 * @throws KnownOperationsError where there is nothing, or not that
 */
export async function readKnownOperations(path: string): Promise<readonly KnownOperation[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder) {
      const operations = await readOperations(path);
      return operations.map(({ document, name }) => ({ document, operationName: name }));
    }
    const { operations } = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    return operations.flatMap(({ body }) => operationsOf(body));
  } catch (error) {
    throw new KnownOperationsError(`the operations of ${path} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function operationsOf(body: string): KnownOperation[] {
  const document = parse(body, { noLocation: true });
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ name }) => ({ document, operationName: name?.value ?? null }));
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    return 'a file has to be a manifest in the format apollo-persisted-query-manifest';
  }
  if (error instanceof GraphQLError) return error.toString().replaceAll(/\s+/g, ' ');
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is nothing; name a folder or a manifest' : message;
}
