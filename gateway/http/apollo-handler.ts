import {
  HeaderMap,
  type ApolloServer,
  type BaseContext,
  type HTTPGraphQLRequest,
} from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Has Apollo Server answer a request. (`@as-integrations/fastify` does the same, but throws for a Host header that
 * is no host, and takes the URL of each request apart to find its query.)
 */
export async function answerByApollo<Context extends BaseContext>(
  apollo: ApolloServer<Context>,
  request: FastifyRequest,
  reply: FastifyReply,
  context: () => Promise<Context>,
): Promise<string> {
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: graphqlRequest(request),
    context,
  });
  if (answer.body.kind !== 'complete') throw new Error('Answers are not sent in parts.');
  for (const [name, value] of answer.headers) reply.header(name, value);
  reply.code(answer.status ?? 200);
  return answer.body.string;
}

function graphqlRequest({ body, method, headers, url }: FastifyRequest): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const search = url.indexOf('?');
  return { body, method, headers: map, search: search === -1 ? '' : url.slice(search) };
}
