import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  GraphQLError,
  buildSchema,
  execute,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { z } from 'zod';
import { RegistryError } from '../registry-error.ts';

const body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export interface GraphqlRoute {
  readonly path: string;
  /** The URL of a schema file. */
  readonly schema: URL;
  readonly root: object;
  readonly context: (request: FastifyRequest) => unknown;
  /** Bytes of the largest request. */
  readonly bodyLimit: number;
  /** Asked before a body of more than `ANYBODYS_BYTES` is read. @throws RegistryError where it must not be */
  readonly maySendMore?: (request: FastifyRequest) => Promise<unknown>;
}

/** Bytes of a request that are read before anybody asks whose they are: what is no schema has some thousands. */
export const ANYBODYS_BYTES = 64 * 1024;

/**
 * Answers GraphQL on a path. Whatever is wrong is said in a body of status 200: Rover shows nothing of another one's but
 * its number.
 */
export function addGraphql(
  server: FastifyInstance,
  { path, schema, root, context, bodyLimit, maySendMore }: GraphqlRoute,
) {
  const built = buildSchema(readFileSync(schema, 'utf8'));
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    // One that does not say how long it is may be of any length.
    if (Number(request.headers['content-length'] ?? Infinity) <= ANYBODYS_BYTES) return;
    try {
      await maySendMore?.(request);
    } catch (error) {
      // What is still on its way is not waited for.
      reply.header('connection', 'close');
      await reply.send({ errors: [refusal(error as Error, request)] });
    }
  };
  server.post(path, { bodyLimit, onRequest }, async (request, reply) => {
    const given = body.safeParse(request.body);
    reply.header('cache-control', 'no-store');
    if (!given.success) {
      return {
        errors: [{ message: `This is no GraphQL request: ${z.prettifyError(given.error)}` }],
      };
    }
    const { query, variables, operationName } = given.data;
    const { data, errors } = await answer(built, query, {
      rootValue: root,
      contextValue: context(request),
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    return errors ? { data, errors: errors.map((error) => shown(error, request)) } : { data };
  });
}

type Given = Pick<
  Parameters<typeof execute>[0],
  'rootValue' | 'contextValue' | 'variableValues' | 'operationName'
>;

/** Parts of a document: those of Rover and of gateways have some hundreds, and schemas are variables. */
const MOST_TOKENS = 5_000;

/** As `graphql` does it, but that it reads no large document: it is read before anybody asks for a key. */
async function answer(
  schema: GraphQLSchema,
  query: string,
  given: Given,
): Promise<ExecutionResult> {
  try {
    const document = parse(query, { maxTokens: MOST_TOKENS });
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : await execute({ schema, document, ...given });
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** What a caller is told: faults that are ours are in the log. */
function shown(error: GraphQLError, request: FastifyRequest): GraphQLFormattedError {
  const { originalError } = error;
  if (!originalError || originalError instanceof GraphQLError) return error.toJSON();
  return refusal(originalError, request);
}

function refusal(error: Error, request: FastifyRequest): GraphQLFormattedError {
  if (error instanceof RegistryError) {
    return { message: error.message, extensions: { code: error.code } };
  }
  request.log.error({ err: error }, 'a request could not be answered');
  const why = isDatabaseAway(error)
    ? 'its database does not answer: try again later'
    : `its log says why, under the request ${request.id}`;
  return { message: `The registry could not do this: ${why}.`, extensions: { code: 'INTERNAL' } };
}

/** Codes of Node, and of PostgreSQL while it ends or starts (class 57 and 08). */
function isDatabaseAway(error: Error): boolean {
  const { code, message, cause } = error as Error & { code?: string };
  if (cause instanceof Error) return isDatabaseAway(cause);
  return /^(?:E[A-Z]+|57P\d\d|08\w{3})$/.test(code ?? '') || /timeout|terminated/i.test(message);
}
