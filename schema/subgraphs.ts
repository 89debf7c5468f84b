import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { GraphQLError, Source, parse, type DocumentNode } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** A subgraph as composition takes it. */
export interface Subgraph {
  readonly name: string;
  /** Where the gateway reaches it, unless the environment says otherwise. */
  readonly url: string;
  readonly typeDefs: DocumentNode;
  /** The path of its schema file, for messages. */
  readonly file: string;
}

/** A file of the schema cannot be read. The message names the file, the line where there is one, and the mend. */
export class SchemaFileError extends Error {
  readonly code = 'SCHEMA_FILE';
  readonly file: string;

  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.name = 'SchemaFileError';
    this.file = file;
  }
}

const supergraphConfig = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, 'a subgraph name is lower-case letters, digits and -'),
      z.object({
        routing_url: z.url('a routing_url is an http URL'),
        schema: z.object({ file: z.string('a path of a schema file') }),
      }),
    )
    .refine((subgraphs) => Object.keys(subgraphs).length > 0, 'at least one subgraph'),
});

/**
 * Reads a supergraph configuration in Rover's format, and the schema files that it names.
 *
 * @param configFile the path of `supergraph.yaml`; schema files are relative to it
 * @throws SchemaFileError when a file is missing, not YAML, not GraphQL or of another shape
 */
export async function readSubgraphs(configFile: string): Promise<Subgraph[]> {
  const config = parseConfig(configFile, await read(configFile));
  return Promise.all(
    Object.entries(config.subgraphs).map(async ([name, { routing_url, schema }]) => {
      const file = relative(process.cwd(), resolve(dirname(configFile), schema.file));
      return { name, url: routing_url, file, typeDefs: parseSchema(file, await read(file)) };
    }),
  );
}

function parseConfig(file: string, text: string): z.infer<typeof supergraphConfig> {
  try {
    return supergraphConfig.parse(parseYaml(text));
  } catch (error) {
    if (!(error instanceof z.ZodError))
      throw new SchemaFileError(file, `not YAML: ${String(error)}`);
    const [issue] = error.issues;
    throw new SchemaFileError(file, `${issue?.path.join('.')}: expected ${issue?.message}`);
  }
}

function parseSchema(file: string, text: string): DocumentNode {
  try {
    return parse(new Source(text, file));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line;
    throw new SchemaFileError(line === undefined ? file : `${file}:${line}`, error.message);
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SchemaFileError(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
