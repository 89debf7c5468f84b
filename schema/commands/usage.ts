import { parseArgs } from 'node:util';
import { resolveSchemaCoordinate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { compare } from '#schema/compare.ts';
import { countedOperations } from '#schema/check/judge-changes.ts';
import {
  FILE_OPTIONS,
  FILE_OPTIONS_USAGE,
  readInputs,
  RECORDED_OPTIONS,
  RECORDED_OPTIONS_USAGE,
} from '#schema/check/read-inputs.ts';
import { compose } from '#schema/compose/compose.ts';
import { operationsText } from '#schema/report/text.ts';
import { coordinatesOf } from '#schema/usage/coordinates-of.ts';
import { mergedOperations } from '#schema/usage/judge.ts';
import { unknownText } from '#schema/usage/unknown-text.ts';
import type { Coordinates, UsedOperation } from '#schema/usage/used-operation.ts';

export const summary =
  'who uses a coordinate such as Product.name; without one, how much each field is used (--clients: who sends what)';
export const usage = `usage [COORDINATE] [--unused] [--clients] ${RECORDED_OPTIONS_USAGE} ${FILE_OPTIONS_USAGE}`;
const options = {
  ...FILE_OPTIONS,
  ...RECORDED_OPTIONS,
  unused: { type: 'boolean', default: false },
  clients: { type: 'boolean', default: false },
} as const;

/** Prints who uses what. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { subgraphs, policy, usage: used, unknownRequests } = await readInputs(values);
  const { schema } = compose(subgraphs);
  const operations = countedOperations(used, policy, new Date());
  if (unknownRequests > 0) console.error(unknownText(unknownRequests));
  const [coordinate] = positionals;
  if (coordinate !== undefined)
    return ofCoordinate(schema, coordinate, usersOf(schema, operations));
  const lines = values.clients
    ? clientLines(operations)
    : fieldLines(schema, operations, values.unused);
  console.log(lines.join('\n'));
  return 0;
}

function ofCoordinate(
  schema: GraphQLSchema,
  coordinate: string,
  users: ReadonlyMap<string, readonly UsedOperation[]>,
): number {
  const own = users.get(coordinate) ?? [];
  if (own.length > 0) {
    console.log(`${coordinate} is used by ${operationsText(mergedOperations(own))}`);
    return 0;
  }
  const missing = missingPart(schema, coordinate);
  if (missing !== null) {
    console.error(`There is no ${missing} in the schema.`);
    return 2;
  }
  console.log(`No operation that is known uses ${coordinate}.`);
  return 0;
}

/** What a coordinate names and the schema does not have; null: nothing. */
function missingPart(schema: GraphQLSchema, coordinate: string): string | null {
  const [holder = ''] = coordinate.split('(');
  const [type = ''] = holder.split('.');
  const kinds = coordinate.startsWith('@')
    ? [['directive', holder]]
    : [
        ['type', type],
        ['field or value', holder],
      ];
  const parts = [...kinds, ['argument', coordinate]];
  const [kind, name] = parts.find(([, part = '']) => !isDefined(schema, part)) ?? [];
  return kind === undefined ? null : `${kind} "${name}"`;
}

/** @param coordinate that may be none */
function isDefined(schema: GraphQLSchema, coordinate: string): boolean {
  try {
    return resolveSchemaCoordinate(schema, coordinate) !== undefined;
  } catch {
    return false;
  }
}

/** Of each field: operations, requests where they were recorded, and clients. */
function fieldLines(
  schema: GraphQLSchema,
  operations: readonly UsedOperation[],
  isUnused: boolean,
): string[] {
  const users = usersOf(schema, operations);
  return fieldsOf(schema).flatMap((field) => {
    const own = users.get(field) ?? [];
    if (isUnused) return own.length === 0 ? [field] : [];
    const clients = new Set(own.map(({ client }) => client));
    return [`${columns(own)}  ${field}  ${[...clients].sort().join(', ')}`];
  });
}

/** Of each client and version: operations, requests where they were recorded, when it was seen last, and what it sends. */
function clientLines(operations: readonly UsedOperation[]): string[] {
  const byClient = Map.groupBy(operations, ({ client, version }) => `${client} ${version ?? ''}`);
  return [...byClient]
    .sort(([a], [b]) => compare(a, b))
    .map(([client, own]) => {
      const seen = own.flatMap(({ lastSeen }) => (lastSeen ? [lastSeen.toISOString()] : [])).sort();
      const last = seen.at(-1)?.slice(0, 10) ?? '';
      const names = new Set(own.map(({ name }) => name));
      return `${columns(own)}  ${last.padEnd(10)}  ${client.trim()}  ${[...names].sort().join(', ')}`;
    });
}

/** How many operations, and how often they were sent. */
function columns(operations: readonly UsedOperation[]): string {
  const names = new Set(operations.map(({ name, client }) => `${client} ${name}`));
  const counts = operations.flatMap(({ count }) => (count === undefined ? [] : [count]));
  const requests = counts.reduce((sum, count) => sum + count, 0);
  return `${String(names.size).padStart(5)}  ${(counts.length === 0 ? '' : requests.toLocaleString('en')).padStart(9)}`;
}

function usersOf(
  schema: GraphQLSchema,
  operations: readonly UsedOperation[],
): Map<string, UsedOperation[]> {
  const users = new Map<string, UsedOperation[]>();
  const known = new Map<DocumentNode, Coordinates>();
  for (const operation of operations) {
    const { document } = operation;
    const uses = (document && known.get(document)) ?? coordinatesOf(schema, operation);
    if (document) known.set(document, uses);
    for (const coordinate of uses.sure.union(uses.maybe)) {
      const own = users.get(coordinate);
      if (own) own.push(operation);
      else users.set(coordinate, [operation]);
    }
  }
  return users;
}

function fieldsOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      'getFields' in type
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    )
    .sort();
}
