import { composeServices } from '@apollo/composition';
import type { PlanNode } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildSchema,
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  print,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import {
  createAuthorizer,
  runRemaining,
  type Authorizer,
} from '../../../gateway/authorization/authorize-operation.ts';
import { noPolicies, type DecidePolicies } from '../../../gateway/authorization/policies.ts';
import { compileOperation } from '../../../gateway/execution/compile-operation.ts';
import { runOperation, type OperationInputs } from '../../../gateway/execution/run-operation.ts';
import { NO_CLAIMS, type Claims } from '../../../gateway/identity/claims.ts';
import { buildSupergraph } from '../../../gateway/planning/planned-supergraph.ts';
import type { SendFetch } from '../../../gateway/transport/subgraph-fetch.ts';
import type { SubgraphSource } from '../test-subgraph.ts';

/** An answer, and what was fetched for it. */
export interface Answered {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  readonly data: any;
  readonly errors: readonly { path: string; code: unknown; message: string }[];
  /** The operations that subgraphs received. */
  readonly sent: readonly string[];
  /** What was planned: null where nothing was left. */
  readonly filtered: string | null;
}

export interface Asking {
  readonly caller?: Claims;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Subgraphs in this process behind an authorizer, planned and run as the gateway does. */
export interface ProtectedGraph {
  readonly authorizer: Authorizer;
  ask(query: string, asking?: Asking): Promise<Answered>;
}

/** A caller who has logged in, with these scopes. */
export function callerWith(...scopes: string[]): Claims {
  return { isAuthenticated: true, userId: 'u1', role: 'customer', scopes: new Set(scopes) };
}

/** Composes with Apollo's composer. @throws AggregateError where the subgraphs do not fit together */
export function supergraphSdl(sources: readonly Pick<SubgraphSource, 'name' | 'typeDefs'>[]) {
  const { errors, supergraphSdl } = composeServices(
    sources.map(({ name, typeDefs }) => ({
      name,
      typeDefs: parse(typeDefs),
      url: `http://${name}`,
    })),
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors));
  return supergraphSdl;
}

/** Puts subgraphs behind an authorizer. */
export function protectedGraph(
  sources: readonly SubgraphSource[],
  policies: DecidePolicies = noPolicies,
): ProtectedGraph {
  const sdl = supergraphSdl(sources);
  const planned = buildSupergraph(sdl);
  const supergraph = {
    schema: buildSchema(sdl, { assumeValid: true, assumeValidSDL: true }),
    clientSchema: buildSchema(planned.parts.apiSdl),
  };
  const authorizer = createAuthorizer(supergraph, policies);
  const subgraphs = new Map(
    sources.map(({ name, typeDefs, resolvers }) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]),
    ]),
  );
  const plan = (document: DocumentNode, name: string | null): PlanNode | undefined =>
    JSON.parse(planned.plan(print(document), name, () => false).json).node;

  return {
    authorizer,
    async ask(query, { caller = NO_CLAIMS, variables = {}, operationName } = {}) {
      const document = parse(query);
      const [invalid] = validate(supergraph.clientSchema, document);
      if (invalid) throw invalid;
      const name = operationName ?? null;
      const sent: string[] = [];
      const inputs = inputsOf(supergraph.clientSchema, document, name, variables);
      const running = { ...inputs, send: sender(subgraphs, sent) };
      const remaining = await authorizer.authorize(document, name, caller);
      const schemas = { supergraph: supergraph.schema, client: supergraph.clientSchema };
      const answer = remaining
        ? await runRemaining(
            remaining,
            remaining.errors(running.variables),
            async (left) => plan(left, name),
            running,
          )
        : await runOperation(
            compileOperation(plan(document, name), document, name, schemas),
            running,
          );
      const filtered = remaining ? remaining.document : document;
      return {
        data: answer.json === null ? null : JSON.parse(answer.json),
        errors: answer.errors.map(({ path = [], message, extensions }) => ({
          path: path.join('/'),
          code: extensions['code'],
          message,
        })),
        sent,
        filtered: filtered && print(filtered).replaceAll(/\s+/g, ' '),
      };
    },
  };
}

function inputsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  rawVariables: Readonly<Record<string, unknown>>,
): Omit<OperationInputs, 'send'> {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { coerced: variables, errors } = getVariableValues(schema, definitions, rawVariables);
  if (!variables) throw new AggregateError(errors);
  return { variables, rawVariables, signal: new AbortController().signal };
}

function sender(subgraphs: ReadonlyMap<string, GraphQLSchema>, sent: string[]): SendFetch {
  return async ({ subgraph, body }) => {
    const { query, operationName, variables } = JSON.parse(body);
    sent.push(`${subgraph}: ${query}`);
    const schema = subgraphs.get(subgraph) as GraphQLSchema;
    const document = parse(query);
    const result = await execute({ schema, document, operationName, variableValues: variables });
    return JSON.parse(JSON.stringify(result));
  };
}
