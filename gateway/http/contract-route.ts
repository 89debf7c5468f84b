import type { FastifyInstance, FastifyReply } from 'fastify';
import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { DocumentLimits } from '../limits/config.ts';
import { exceededLimit } from '../limits/document-limits.ts';
import type { ContractView } from './contract-views.ts';
import { addDoor, type DoorOptions } from './door.ts';
import { CONTRACT_PATH } from './explorer.ts';
import { answerRequestError } from './request-errors.ts';

export interface ContractRouteOptions extends DoorOptions {
  readonly contracts: readonly ContractView[];
  readonly limits: DocumentLimits;
}

/** The most that is told to be wrong with one operation. */
const MOST_ERRORS = 20;

/**
 * Answers the explorer as clients of a contract are answered: the schema is that of the contract, what it lacks is
 * unknown, and all else is sent on to `/graphql` (307: the same request, once more).
 */
export async function addContractRoute(
  server: FastifyInstance,
  { contracts, limits, ...door }: ContractRouteOptions,
): Promise<void> {
  await server.register(
    async (scope) => {
      scope.setErrorHandler(answerRequestError);
      addDoor(scope, door);
      for (const contract of contracts) {
        scope.post(`/${contract.name}`, async ({ body }, reply) => {
          const { query, operationName } = (body ?? {}) as Record<string, unknown>;
          const { schema, introspection } = await contract.read();
          if (operationName === 'IntrospectionQuery') return { data: introspection };
          const errors = problems(schema, query, limits);
          return errors.length > 0 ? refuse(reply, errors) : reply.redirect('/graphql', 307);
        });
      }
    },
    { prefix: CONTRACT_PATH },
  );
}

/** What is wrong with an operation by a schema. */
function problems(
  schema: GraphQLSchema,
  text: unknown,
  limits: DocumentLimits,
): readonly GraphQLError[] {
  if (typeof text !== 'string') return [new GraphQLError('Send an operation as `query`.')];
  const document = read(text, limits);
  if (document instanceof GraphQLError) return [document];
  const exceeded = exceededLimit(document, limits);
  return exceeded ? [exceeded] : validate(schema, document, undefined, { maxErrors: MOST_ERRORS });
}

function read(text: string, { tokens: maxTokens }: DocumentLimits): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    return new GraphQLError('The operation is nested too deep to be read.');
  }
}

function refuse(reply: FastifyReply, errors: readonly GraphQLError[]): FastifyReply {
  const code = 'GRAPHQL_VALIDATION_FAILED';
  return reply.status(400).send({
    errors: errors.map((error) => {
      const { extensions, ...told } = error.toJSON();
      return { ...told, extensions: { code, ...extensions } };
    }),
  });
}
