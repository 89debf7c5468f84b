import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { standaloneConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/server.ts';
import { legacy } from './shop-graph.ts';
import { post, supergraphOf } from './test-gateway.ts';
import { startSubgraph, type TestSubgraph } from './test-subgraph.ts';

// A gateway that is told APOLLO_KEY and APOLLO_GRAPH_REF and nothing else of its graph. Uplink is a server of its own that
// speaks the protocol: https://www.apollographql.com/docs/graphos/routing/uplink
let uplink: Uplink;
let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startSubgraph(legacy);
  uplink = await startUplink();
});
afterAll(async () => {
  await uplink.close();
  await subgraph.stop();
});

const start = (key: string): Promise<RunningServer> =>
  startGateway(
    standaloneConfig(
      { supergraph: '', port: '0', trustOverrideHeader: false },
      {
        LOG_LEVEL: 'silent',
        APOLLO_KEY: key,
        APOLLO_GRAPH_REF: 'shop@current',
        APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: uplink.url,
      },
    ),
  );

test('the gateway serves what is published, and takes up what is published later without a restart', async () => {
  uplink.launch('1', supergraphOf([subgraph]));
  const gateway = await start(uplink.key);
  expect((await post(gateway.url, { query: '{ strict }' })).body.data).toEqual({
    strict: 'strict',
  });
  const more = subgraph.typeDefs.replace('strict: String!', 'strict: String! news: String');
  uplink.launch('2', supergraphOf([{ ...subgraph, url: subgraph.url, typeDefs: more }]));
  await vi.waitFor(
    async () => {
      const { body } = await post(gateway.url, {
        query: '{ __type(name: "Query") { fields { name } } }',
      });
      expect(body.data.__type.fields).toContainEqual({ name: 'news' });
    },
    { timeout: 10_000 },
  );
  uplink.launch('3', 'type Query { nothing: this is no schema }');
  await vi.waitFor(() => expect(uplink.asked.at(-1)?.ifAfterId).toBe('3'), { timeout: 10_000 });
  expect((await post(gateway.url, { query: '{ strict }' })).body.data).toEqual({
    strict: 'strict',
  });
  expect(uplink.asked[0]).toEqual({ apiKey: uplink.key, ref: 'shop@current', ifAfterId: null });
  await gateway.close();
});

test('a key that Uplink does not know ends the start with what to look at', async () => {
  await expect(start('service:shop:wrong')).rejects.toThrow(
    /shop@current of Apollo Uplink cannot be used: .*ACCESS_DENIED.* Check APOLLO_KEY and APOLLO_GRAPH_REF/,
  );
});

interface Uplink {
  readonly url: string;
  readonly key: string;
  /** What each request asked for. */
  readonly asked: {
    readonly apiKey: string;
    readonly ref: string;
    readonly ifAfterId: string | null;
  }[];
  /** Publishes a supergraph. @param id the name of the launch */
  launch(id: string, supergraphSdl: string): void;
  close(): Promise<void>;
}

async function startUplink(): Promise<Uplink> {
  const key = 'service:shop:secret';
  const asked: { apiKey: string; ref: string; ifAfterId: string | null }[] = [];
  let current = { id: '', supergraphSdl: '' };
  const answer = (request: { apiKey: string; ifAfterId: string | null }) => {
    if (request.apiKey !== key) {
      return { __typename: 'FetchError', code: 'ACCESS_DENIED', message: 'The key is not known.' };
    }
    const { id } = current;
    if (request.ifAfterId === id) return { __typename: 'Unchanged', id, minDelaySeconds: 0.05 };
    return { __typename: 'RouterConfigResult', ...current, minDelaySeconds: 0.05, messages: [] };
  };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { variables } = JSON.parse(Buffer.concat(parts).toString());
      asked.push(variables);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { routerConfig: answer(variables) } }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    key,
    asked,
    launch: (id, supergraphSdl) => {
      current = { id, supergraphSdl };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
