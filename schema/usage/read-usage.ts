import { parse, type DocumentNode } from 'graphql';
import { z } from 'zod';
import { jsonOf, readSchemaFile, SchemaFileError } from '#schema/schema-file.ts';
import { readOperations, type ClientOperation } from '#schema/operations.ts';
import type { UsedOperation } from './used-operation.ts';

/** Where operations of clients are known from. */
export interface UsageSources {
  /** A folder with a sub-folder for each client; null for none. */
  readonly operations: string | null;
  /** Persisted query manifests in Apollo's format, each of a client. */
  readonly manifests: readonly { readonly client: string; readonly file: string }[];
  /** Files of recorded traffic. */
  readonly traffic: readonly string[];
}

const manifestFile = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ name: z.string(), body: z.string() })),
});

/**
 * What was sent in a time, without values: one entry for each operation, client and version of it. `body` is the text of
 * the operation with its fragments; where it is not known, `fields` are the coordinates of the fields that it uses.
 */
const trafficFile = z.object({
  format: z.literal('strangler-graph-traffic'),
  version: z.literal(1),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  operations: z.array(
    z.object({
      name: z.string(),
      client: z.string(),
      clientVersion: z.string().optional(),
      count: z.number().int().nonnegative(),
      lastSeen: z.iso.datetime().optional(),
      body: z.string().optional(),
      fields: z.array(z.string()).default([]),
    }),
  ),
});

/** Recorded traffic as it stands in a file. */
type Traffic = z.infer<typeof trafficFile>;

/** Reads the operations of all sources. @throws SchemaFileError */
export async function readUsage(sources: UsageSources): Promise<UsedOperation[]> {
  const { operations, manifests, traffic } = sources;
  const parts = await Promise.all([
    operations === null ? [] : ofFolder(operations),
    ...manifests.map(({ client, file }) => ofManifest(client, file)),
    ...traffic.map(ofTrafficFile),
  ]);
  return parts.flat();
}

async function ofFolder(folder: string): Promise<UsedOperation[]> {
  return (await readOperations(folder)).map(usedByClient);
}

/** An operation of a file, as it is used. */
export function usedByClient(operation: ClientOperation): UsedOperation {
  const { name, file, client, document } = operation;
  return { name, client, source: file, document, fields: [] };
}

async function ofManifest(client: string, file: string): Promise<UsedOperation[]> {
  const { operations } = await readJson(file, manifestFile);
  return operations.map(({ name, body }) => ({
    name,
    client,
    source: file,
    document: parseBody(file, name, body),
    fields: [],
  }));
}

async function ofTrafficFile(file: string): Promise<UsedOperation[]> {
  return operationsOfTraffic(await readJson(file, trafficFile), file);
}

/** The operations of recorded traffic. @throws SchemaFileError where a body is no GraphQL */
function operationsOfTraffic(traffic: Traffic, source: string): UsedOperation[] {
  return traffic.operations.map((entry) => ({
    name: entry.name,
    client: entry.client,
    ...(entry.clientVersion === undefined ? {} : { version: entry.clientVersion }),
    count: entry.count,
    lastSeen: new Date(entry.lastSeen ?? traffic.to),
    source,
    document: entry.body === undefined ? null : parseBody(source, entry.name, entry.body),
    fields: entry.fields,
  }));
}

function parseBody(file: string, name: string, body: string): DocumentNode {
  try {
    return parse(body);
  } catch (error) {
    throw new SchemaFileError(file, `the operation ${name} is not GraphQL: ${String(error)}`);
  }
}

async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  return jsonOf(file, await readSchemaFile(file), shape);
}
