import { readdirSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildSchema,
  introspectionFromSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { GatewayConfig } from '../config.ts';
import { contractsFolder } from '../supergraph/config.ts';

/** A contract of the graph, as the explorer shows it. */
export interface ContractView {
  readonly name: string;
  /** The schema as it is now. @throws Error where it cannot be read */
  read(): Promise<ShownSchema>;
}

/** What clients of a contract may ask. */
export interface ShownSchema {
  readonly schema: GraphQLSchema;
  /** The answer to a query for all of it. */
  readonly introspection: IntrospectionQuery;
}

/**
 * The contracts that the explorer shows beside the whole graph, which are those that stand beside its file. None where
 * clients are served a contract themselves: the others are not for them; and none where clients may not read the schema.
 */
export function contractViews(
  config: Pick<GatewayConfig, 'supergraph' | 'contract' | 'introspection'>,
): readonly ContractView[] {
  const { supergraph, contract, introspection } = config;
  if (contract !== null || !introspection || supergraph.kind !== 'file') return [];
  const folder = contractsFolder(supergraph.path);
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: join(folder, name, 'api.graphql') }))
    .filter(({ file }) => isFile(file))
    .map(({ name, file }) => contractView(name, file));
}

/** Reads the file again when it has changed. */
function contractView(name: string, file: string): ContractView {
  let shown: ShownSchema | null = null;
  let modified = -1;
  return {
    name,
    read: async () => {
      const { mtimeMs } = await stat(file);
      if (shown === null || mtimeMs !== modified) {
        const schema = buildSchema(await readFile(file, 'utf8'));
        shown = { schema, introspection: introspectionFromSchema(schema) };
        modified = mtimeMs;
      }
      return shown;
    },
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
