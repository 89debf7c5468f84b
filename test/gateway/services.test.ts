import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphClient } from '#platform/graph-client/graph-client.ts';
import { signServiceToken } from '#platform/identity/service-token.ts';
import { identityKey, verifyIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import { shop } from './shop-graph.ts';
import { IDENTITY_SECRET, startTestGateway, type TestGateway } from './test-gateway.ts';

const key = identityKey(IDENTITY_SECRET);
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop);
});
afterAll(() => gateway.close());

const identityOfLast = () =>
  verifyIdentity(gateway.lastRequest('legacy')?.headers['x-identity'] as string, key);

describe('a service of ours', () => {
  test('is known to the subgraphs by its role, and is no user', async () => {
    const client = graphClient({
      url: `${gateway.url}/graphql`,
      service: 'order',
      identitySecret: IDENTITY_SECRET,
      log: createLog('test', 'silent'),
    });
    const data = await client.request('{ strict }', {}, { requestId: 'from-order' });
    await client.close();
    expect(data).toEqual({ strict: 'strict' });
    expect(await identityOfLast()).toMatchObject({
      userId: null,
      role: 'service',
      sessionId: null,
      requestId: 'from-order',
    });
  });

  test('does not hand its token on to the subgraphs', async () => {
    await gateway.graphql('{ strict }', {}, { 'x-service': await signServiceToken('order', key) });
    expect(gateway.lastRequest('legacy')?.headers).not.toHaveProperty('x-service');
  });

  test.each([
    ['signed with another secret', () => signServiceToken('order', identityKey('x'.repeat(32)))],
    ['that is no token', async () => 'nonsense'],
    ['that is empty', async () => ''],
  ])('with a token %s is refused with 401 before anything runs', async (_what, make) => {
    const before = gateway.subgraphs['legacy']?.received.length;
    const { status, body } = await gateway.graphql('{ strict }', {}, { 'x-service': await make() });
    expect(status).toBe(401);
    expect(body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' });
    expect(gateway.subgraphs['legacy']?.received.length).toBe(before);
  });
});
