import { dirname, relative, resolve } from 'node:path';
import { GraphQLError, Source, parse, print, type DocumentNode } from 'graphql';
import { z } from 'zod';
import { readSchemaFile, SchemaFileError, yamlOf } from '#schema/schema-file.ts';

/** A subgraph as composition takes it. */
export interface Subgraph {
  readonly name: string;
  /** Where the gateway reaches it, unless the environment says otherwise. */
  readonly url: string;
  readonly typeDefs: DocumentNode;
  /** The path of its schema file, for messages. */
  readonly file: string;
}

/** The text of a subgraph's schema. */
export function textOf({ typeDefs }: Pick<Subgraph, 'typeDefs'>): string {
  return typeDefs.loc?.source.body ?? print(typeDefs);
}

const supergraphConfig = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, 'a subgraph name is lower-case letters, digits and -'),
      z.object({
        routing_url: z.url('a routing_url is an http URL'),
        schema: z.object({ file: z.string('expected the path of a schema file') }),
      }),
    )
    .refine((subgraphs) => Object.keys(subgraphs).length > 0, 'expected at least one subgraph'),
});

/**
 * Reads a supergraph configuration in Rover's format, and the schema files that it names.
 *
 * @param configFile the path of `supergraph.yaml`; schema files are relative to it
 * @throws SchemaFileError when a file is missing, not YAML, not GraphQL or of another shape
 */
export async function readSubgraphs(configFile: string): Promise<Subgraph[]> {
  return subgraphsOf(configFile, await readSchemaFile(configFile), readSchemaFile);
}

/** The subgraphs of the text of a configuration. @param readText gives the text of a file, from wherever it is */
export async function subgraphsOf(
  configFile: string,
  text: string,
  readText: (file: string) => Promise<string>,
): Promise<Subgraph[]> {
  const config = yamlOf(configFile, text, supergraphConfig);
  return Promise.all(
    Object.entries(config.subgraphs).map(async ([name, { routing_url, schema }]) => {
      const file = relative(process.cwd(), resolve(dirname(configFile), schema.file));
      return { name, url: routing_url, file, typeDefs: parseSchema(file, await readText(file)) };
    }),
  );
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
