import type { BehaviourStack, GraphqlOptions, GraphqlReply } from './behaviour-stack.ts';

/** The product as clients meet it, at a gateway that runs. @param gatewayUrl its URL, without a path */
export function gatewayClient(gatewayUrl: string): BehaviourStack {
  const graphql = graphqlClient(gatewayUrl);
  return { gatewayUrl, graphql, login: (email, options) => login(graphql, email, options) };
}

/** Sends operations to a gateway. `labels` asks for exactly these override labels. */
function graphqlClient(gatewayUrl: string): BehaviourStack['graphql'] {
  return async (query, variables = {}, options: GraphqlOptions = {}): Promise<GraphqlReply> => {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...(options.labels ? { 'x-override-labels': options.labels.join(',') } : {}),
        ...options.headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };
}

const LOGIN = `mutation Login($email: String!, $password: String!) {
  login(input: { email: $email, password: $password }) { __typename ... on AuthSession { accessToken } }
}`;

async function login(
  graphql: BehaviourStack['graphql'],
  email: string,
  options: GraphqlOptions = {},
): Promise<string> {
  const { body } = await graphql(LOGIN, { email, password: 'demo-password' }, options);
  const session = (body.data as { login?: { accessToken?: string } } | null)?.login;
  if (session?.accessToken) return session.accessToken;
  throw new Error(`${email} cannot log in: ${JSON.stringify(body)}`);
}
