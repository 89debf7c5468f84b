import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import {
  containsSupergraphSpec,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import {
  GraphQLError,
  Source,
  buildASTSchema,
  buildClientSchema,
  getIntrospectionQuery,
  parse,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { composeGraph } from '#schema/compose/compose-graph.ts';
import { contractsOf, readContracts, type Contract } from '#schema/compose/contracts.ts';
import { readSubgraphs, subgraphsOf } from '#schema/compose/subgraphs.ts';
import { operationsOfTexts } from '#schema/operations.ts';
import { usedByClient } from '#schema/usage/read-usage.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';
import type { BaseSchemas } from './base.ts';
import { servedSchemas } from './operation-findings.ts';

/** What a schema shall be compared with cannot be had. The message says why, and what can be given instead. */
export class BaseError extends Error {
  readonly code = 'BASE';
}

/** Where the schema of this repository stands. */
export interface SchemaFiles {
  /** `supergraph.yaml`. */
  readonly config: string;
  /** `contracts.yaml`. */
  readonly contracts: string;
  /** The folder of the operations of clients; null for none. */
  readonly operations: string | null;
}

/** Milliseconds that a URL may take. */
const TIMEOUT = 10_000;

/**
 * Reads what a schema is compared with: a URL (of a schema in text, or of a GraphQL server that can be introspected), a
 * file (a schema, a supergraph, or a `supergraph.yaml`), else a reference of git, such as `main` or `v1.2`.
 *
 * @throws BaseError
 */
export async function readBase(name: string, files: SchemaFiles): Promise<BaseSchemas> {
  if (/^https?:\/\//.test(name)) return { ...only(await fromUrl(name)), name };
  if (isFile(name)) return { ...(await fromFile(name, files)), name };
  return { ...(await fromGit(name, files)), name };
}

/** A folder is none: branches may be named like one. */
function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}

function only(api: GraphQLSchema): Omit<BaseSchemas, 'name'> {
  return { api, contracts: new Map(), subgraphs: null, supergraph: null, operations: [] };
}

async function fromUrl(url: string): Promise<GraphQLSchema> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const ask = async (init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, { ...init, signal });
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new BaseError(
        `${url} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  };
  const introspected = await ask({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      query: getIntrospectionQuery({
        inputValueDeprecation: true,
        oneOf: true,
        specifiedByUrl: true,
      }),
    }),
  });
  const answer = (await introspected.json().catch(() => null)) as {
    data?: IntrospectionQuery;
  } | null;
  if (answer?.data?.__schema) return buildClientSchema(answer.data);
  const text = await ask({ headers: { accept: 'text/plain, application/graphql, */*' } });
  if (!text.ok) {
    throw new BaseError(
      `${url} answers ${text.status}, and introspection is refused: give a URL of a schema in text, or of a server with introspection.`,
    );
  }
  return schemaOf(url, await text.text());
}

async function fromFile(file: string, files: SchemaFiles): Promise<Omit<BaseSchemas, 'name'>> {
  if (/\.ya?ml$/.test(file)) {
    const subgraphs = await readSubgraphs(file);
    const beside = join(dirname(file), 'contracts.yaml');
    const contracts = await readContracts(existsSync(beside) ? beside : files.contracts);
    return composed(file, subgraphs, contracts);
  }
  return only(schemaOf(file, await readFile(file, 'utf8')));
}

/** The schema that clients see, of the text of it or of a supergraph. */
function schemaOf(name: string, text: string): GraphQLSchema {
  try {
    const document = parse(new Source(text, name));
    return buildASTSchema(
      containsSupergraphSpec(text) ? transformSupergraphToPublicSchema(document) : document,
    );
  } catch (error) {
    const line = error instanceof GraphQLError ? error.locations?.[0]?.line : undefined;
    const place = line === undefined ? name : `${name}:${line}`;
    throw new BaseError(
      `${place} is no schema: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function composed(
  name: string,
  subgraphs: Awaited<ReturnType<typeof readSubgraphs>>,
  contracts: readonly Contract[],
): Promise<Omit<BaseSchemas, 'name'>> {
  const { graph, findings } = await composeGraph(subgraphs, contracts, false);
  if (!graph) {
    throw new BaseError(`The subgraphs of ${name} do not compose: ${findings[0]?.message}`);
  }
  const { supergraph } = graph.composition;
  return { ...servedSchemas(graph), subgraphs, supergraph, operations: [] };
}

const git = promisify(execFile);

async function fromGit(ref: string, files: SchemaFiles): Promise<Omit<BaseSchemas, 'name'>> {
  const commit = await commitOf(ref);
  const show = async (file: string): Promise<string | null> => {
    const path = relative(process.cwd(), file);
    const options = { maxBuffer: 2 ** 28 };
    return git('git', ['show', `${commit}:./${path}`], options).then(
      ({ stdout }) => stdout,
      () => null,
    );
  };
  const [config, contractText] = await Promise.all([show(files.config), show(files.contracts)]);
  if (config === null) throw new BaseError(`${ref} has no ${files.config}.`);
  const read = async (file: string): Promise<string> => {
    const text = await show(file);
    if (text === null) throw new BaseError(`${ref} has no ${file}.`);
    return text;
  };
  const subgraphs = await subgraphsOf(files.config, config, read);
  const contracts =
    contractText === null
      ? await readContracts(files.contracts)
      : contractsOf(files.contracts, contractText);
  const operations = await operationsAt(ref, commit, files.operations, show);
  const folder = dirname(files.config);
  const [supergraph, api, ...parts] = await Promise.all([
    show(join(folder, 'supergraph.graphql')),
    show(join(folder, 'api.graphql')),
    ...contracts.map(({ name }) => show(join(folder, 'contracts', name, 'api.graphql'))),
  ]);
  // What was committed is read, and not made again; an older commit may not have it.
  if (supergraph == null || api == null || parts.some((part) => part == null)) {
    return { ...(await composed(ref, subgraphs, contracts)), operations };
  }
  return {
    api: schemaOf(`${ref}:api.graphql`, api),
    contracts: new Map(
      contracts.map(({ name }, index) => [name, schemaOf(`${ref}:${name}`, parts[index] ?? '')]),
    ),
    subgraphs,
    supergraph,
    operations,
  };
}

/** The hash of what a name means: further commands could take the name for a path. */
async function commitOf(ref: string): Promise<string> {
  try {
    const { stdout } = await git('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    return stdout.trim();
  } catch {
    throw new BaseError(
      `${ref} is no URL, no file and no reference of git: give one of them (in CI, fetch the branch first).`,
    );
  }
}

async function operationsAt(
  ref: string,
  commit: string,
  folder: string | null,
  show: (file: string) => Promise<string | null>,
): Promise<UsedOperation[]> {
  if (folder === null) return [];
  const args = [
    'ls-tree',
    '-r',
    '--name-only',
    commit,
    '--',
    `./${relative(process.cwd(), folder)}/`,
  ];
  const { stdout } = await git('git', args);
  const files = stdout.split('\n').filter((file) => file.endsWith('.graphql'));
  const texts = await Promise.all(
    files.map(async (path) => ({
      path,
      client: basename(dirname(path)),
      text: (await show(path)) ?? '',
    })),
  );
  return operationsOfTexts(texts).map((operation) => ({
    ...usedByClient(operation),
    source: `${ref}:${operation.file}`,
  }));
}
