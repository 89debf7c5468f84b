import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { shop } from '../shop-graph.ts';
import { post, startStandaloneGateway, type TestGateway } from '../test-gateway.ts';
import { startServerProcess } from '../../setup/server-process.ts';

/** A line of a log. */
type Line = Readonly<Record<string, unknown>>;

/** A gateway as a process of its own, with what it writes. */
interface LoggedGateway {
  readonly url: string;
  readonly lines: readonly Line[];
  /** The next line about an operation. */
  operation(): Promise<Line>;
  stop(): Promise<void>;
}

let other: TestGateway;
const started: LoggedGateway[] = [];
beforeAll(async () => {
  // Its subgraphs and its supergraph serve the processes below.
  other = await startStandaloneGateway(shop);
});
afterAll(async () => {
  await Promise.all(started.map((gateway) => gateway.stop()));
  await other.close();
});

async function start(environment: Record<string, string> = {}): Promise<LoggedGateway> {
  const given = ['--supergraph', other.supergraphFile, '--port', '0', '--trust-override-header'];
  const server = await startServerProcess(['gateway/main.ts', ...given], environment);
  const isOperation = ({ msg }: Line): boolean => msg === 'operation';
  let told = 0;
  const gateway: LoggedGateway = {
    url: server.url,
    get lines() {
      const logged = server.lines.filter((line) => line.startsWith('{'));
      return logged.map((line) => JSON.parse(line) as Line);
    },
    async operation() {
      told += 1;
      return vi.waitUntil(() => gateway.lines.filter(isOperation)[told - 1]);
    },
    stop: async () => void (await server.end()),
  };
  started.push(gateway);
  return gateway;
}

test('each GraphQL request is a line that says what it was and how it ended, and nothing of anybody', async () => {
  const gateway = await start();
  const operation = {
    query: 'query Costs($id: ID!) { product(id: $id) { shippingCost } }',
    variables: { id: 'p1-of-my-secret-order' },
  };
  const headers = {
    authorization: 'Bearer my-secret-token',
    'apollographql-client-name': `shop\tweb ${'x'.repeat(100)}`,
    'apollographql-client-version': '1.2',
    'x-override-labels': 'product',
    'x-request-id': 'request-1',
  };
  await post(gateway.url, operation, headers);
  const line = await gateway.operation();
  expect(line).toMatchObject({
    type: 'query',
    operation: 'Costs',
    client: `shop_web ${'x'.repeat(55)}`,
    clientVersion: '1.2',
    status: 200,
    outcome: 'ok',
    subject: 'user',
    labels: ['product'],
    fetches: 1,
    reqId: 'request-1',
  });
  expect(line['ms']).toBeGreaterThan(0);
  expect(JSON.stringify(line)).not.toContain('my-secret');

  await post(gateway.url, { query: '{ nothing }' });
  expect(await gateway.operation()).toMatchObject({
    operation: null,
    outcome: 'refused',
    status: 400,
    subject: 'anonymous',
    fetches: 0,
    denied: 0,
  });
});

test('there are no such lines where they are not wanted', async () => {
  const gateway = await start({ ACCESS_LOG: 'false' });
  await post(gateway.url, { query: '{ products { id } }' });
  await post(gateway.url, { query: '{ products { id } }' });
  // By then all that it writes has come.
  await gateway.stop();
  expect(gateway.lines.filter(({ msg }) => msg === 'operation')).toEqual([]);
});

test('a collector that is away costs a line of the log, and no request', async () => {
  const gateway = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_BSP_SCHEDULE_DELAY: '10',
  });
  const answers = [];
  for (let sent = 0; sent < 20; sent += 1) {
    answers.push(await post(gateway.url, { query: '{ products { id } }' }));
  }
  expect(answers.filter(({ body }) => body.data === undefined)).toEqual([]);
  const warnings = () => gateway.lines.filter(({ msg }) => String(msg).startsWith('traces cannot'));
  await vi.waitUntil(() => warnings().length > 0, 10_000);
  await post(gateway.url, { query: '{ products { id } }' });
  await gateway.stop();
  expect(warnings()).toHaveLength(1);
  expect(warnings()[0]?.['reason']).toMatch(/ECONNREFUSED/);
});
