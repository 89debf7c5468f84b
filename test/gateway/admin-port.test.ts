import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayConfig } from '../../gateway/config.ts';
import { drawPort } from '../setup/ports.ts';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
let admin: string;
beforeAll(async () => {
  const port = await drawPort();
  admin = `http://127.0.0.1:${port}`;
  gateway = await startTestGateway(shop, { ADMIN_PORT: String(port) });
});
afterAll(() => gateway.close());

const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, unknown>>;

test('with a port of its own for operators, that of clients tells them nothing of the inside', async () => {
  expect(await json(`${gateway.url}/health/ready`)).toEqual({ status: 'ok' });
  expect(await json(`${gateway.url}/health/live`)).toEqual({ status: 'ok' });
  expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
});

test('the port of operators has metrics, and health with its details, and no graph', async () => {
  await gateway.graphql('{ products { id } }');
  const health = await json(`${admin}/health/ready`);
  expect(Object.keys(health)).toEqual([
    'status',
    'checks',
    'supergraph',
    'moves',
    'flags',
    'subgraphs',
  ]);
  const metrics = await (await fetch(`${admin}/metrics`)).text();
  expect(metrics).toContain('http_requests_total{method="POST",route="/graphql",status="200"');
  expect((await fetch(`${admin}/graphql`, { method: 'POST' })).status).toBe(404);
});

test('without such a port a gateway that others can reach keeps it to itself, and one on this machine does not', async () => {
  const open = await startTestGateway(shop, { HOST: '0.0.0.0' });
  const { port } = new URL(open.url);
  expect(await json(`http://127.0.0.1:${port}/health/ready`)).toEqual({ status: 'ok' });
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  await open.close();

  const local = await startTestGateway(shop);
  expect(await json(`${local.url}/health/ready`)).toHaveProperty('supergraph');
  expect((await fetch(`${local.url}/metrics`)).status).toBe(200);
  await local.close();
});

test.each([
  ['127.0.0.1', false],
  ['127.8.0.1', false],
  ['localhost', false],
  ['::1', false],
  ['0.0.0.0', true],
  ['::', true],
  ['127.example.org', true],
])('HOST=%s: others can reach it: %s', (HOST, isPublic) => {
  const secrets = { SECRET_KEY: 'x'.repeat(32), IDENTITY_SECRET: 'x'.repeat(32) };
  const AUTH_PUBLIC_JWKS = '{"keys":[{"kty":"OKP"}]}';
  expect(gatewayConfig({ ...secrets, AUTH_PUBLIC_JWKS, HOST }).isPublic).toBe(isPublic);
});
