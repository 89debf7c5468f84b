import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  isAbstractType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { SubgraphResponse } from '../../../gateway/transport/subgraph-fetch.ts';
import { corruptAnswer, corruptField, type Corruption } from './corruption.ts';
import { hits, type EntityFault, type Fault, type FieldFault } from './faults.ts';
import type { World, WorldNode } from './world.ts';

/** A request as it comes over HTTP. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A subgraph with a real schema, which answers as its world and its faults say. */
export interface AnsweringSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** @throws SubgraphFault where a fault says so */
  answer(
    request: SubgraphRequest,
    world: World,
    faults: readonly Fault[],
  ): Promise<SubgraphResponse>;
}

interface Call {
  readonly subgraph: string;
  readonly world: World;
  readonly fieldFaults: readonly FieldFault[];
  readonly entityFaults: readonly EntityFault[];
  /** What must be changed in the answer, because no GraphQL server would answer so. */
  readonly corruptions: Corruption[];
}

const REMEMBERED_QUERIES = 50;

/** @throws Error where the SDL is no subgraph's */
export function answeringSubgraph(name: string, sdl: string): AnsweringSubgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  prepareTypes(schema);
  const documents = new Map<string, DocumentNode | ExecutionResult>();
  return {
    name,
    schema,
    async answer({ query, operationName, variables }, world, faults) {
      const document = documents.get(query) ?? read(schema, query);
      // Asked again within a case, by either executor; a case later it only takes up memory.
      if (documents.size >= REMEMBERED_QUERIES) documents.clear();
      documents.set(query, document);
      if (!('kind' in document)) return overHttp(document);
      const own = faults.filter((fault) => fault.subgraph === name);
      const call: Call = {
        subgraph: name,
        world,
        fieldFaults: own.filter((fault) => fault.at === 'field'),
        entityFaults: own.filter((fault) => fault.at === 'entity'),
        corruptions: [],
      };
      const result = await execute({
        schema,
        document,
        operationName,
        variableValues: variables,
        rootValue: { type: 'Root', id: 0 } satisfies WorldNode,
        contextValue: call,
        fieldResolver: resolveField,
      });
      const response = overHttp(result);
      for (const corruption of call.corruptions) corruptField(response.data, corruption);
      return corruptAnswer(
        name,
        query,
        response,
        own.filter((fault) => fault.at === 'answer'),
      );
    },
  };
}

function read(schema: GraphQLSchema, query: string): DocumentNode | ExecutionResult {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : document;
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

function overHttp(result: ExecutionResult): SubgraphResponse {
  return JSON.parse(JSON.stringify(result)) as SubgraphResponse;
}

function prepareTypes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && type.name !== '_Entity') {
      type.resolveType = (node: WorldNode, call: Call) => call.world.typeName(node, schema);
    }
    if (!schema.getType('_Entity') || !('extensions' in type)) continue;
    const subgraph = { resolveReference: resolveEntity };
    type.extensions = { ...type.extensions, apollo: { subgraph } };
  }
}

function resolveEntity(
  reference: Readonly<Record<string, unknown>>,
  { world, entityFaults }: Call,
): WorldNode | GraphQLError | null {
  const type = String(reference['__typename']);
  const faults = entityFaults.filter((fault) => fault.type === type);
  // What is thrown at once takes all entities of the request along: it must not hang on which of a type they are.
  if (faults.some(({ kind }) => kind === 'entities-error')) throw notLoaded(type);
  const node = world.entity(reference);
  const fault = node && faults.find(({ whose }) => hits(whose, node.id));
  if (!fault) return node;
  return fault.kind === 'entity-null' ? null : notLoaded(`${type} ${node.id}`);
}

function notLoaded(entity: string): GraphQLError {
  return new GraphQLError(`${entity} cannot be loaded`, { extensions: { code: 'NOT_LOADED' } });
}

const resolveField: GraphQLFieldResolver<WorldNode, Call> = (node, args, call, info) => {
  const coordinate = info.parentType.name;
  const fault = call.fieldFaults.find(
    ({ type, field, whose }) =>
      type === coordinate && field === info.fieldName && hits(whose, node.id),
  );
  const value = call.world.value(call.subgraph, node, args as Record<string, unknown>, info);
  if (!fault) return value;
  const name = `${node.type} ${node.id}.${info.fieldName}`;
  if (fault.kind === 'error') throw new Error(`${name} failed`);
  if (fault.kind === 'error-and-extensions') {
    throw new GraphQLError(`${name} is refused`, {
      extensions: { code: 'REFUSED', detail: { id: node.id }, serviceName: 'liar' },
    });
  }
  if (fault.kind === 'null') return null;
  call.corruptions.push({ path: pathOf(info), kind: fault.kind });
  return value;
};

function pathOf({ path }: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let part: typeof path | undefined = path; part; part = part.prev) keys.unshift(part.key);
  return keys;
}
