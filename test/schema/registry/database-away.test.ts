import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registryConfig } from '../../../schema/registry/config.ts';
import { startRegistry } from '../../../schema/registry/server.ts';
import { newestNumber } from '../../../schema/registry/versions/versions.ts';
import { drawPort } from '../../setup/ports.ts';
import { describeWithRover, runRover } from './rover.ts';
import { REVIEWS, onSubgraph, startShopRegistry, type ShopRegistry } from './shop-registry.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A way to the database that can be cut. */
interface Way {
  readonly url: string;
  cut(): Promise<void>;
  open(): Promise<void>;
}

async function wayTo(databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const port = await drawPort();
  let server: Server | undefined;
  const open = async (): Promise<void> => {
    server = createServer((from) => {
      const to = connect(Number(target.port), target.hostname);
      for (const socket of [from, to]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => sockets.delete(socket));
      }
      from.pipe(to).pipe(from);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await open();
  const url = Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) });
  return {
    url: url.href,
    open,
    async cut() {
      const closed = server && once(server, 'close');
      server?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

let shop: ShopRegistry;
beforeAll(async () => {
  shop = await startShopRegistry({
    catalogue: 'http://127.0.0.1:1/graphql',
    reviews: 'http://127.0.0.1:2/graphql',
  });
});
afterAll(() => shop.close());

describeWithRover('a registry whose database goes away', () => {
  test('says so, is not ready, writes nothing, and goes on when it is back', async () => {
    const way = await wayTo(shop.databaseUrl);
    const server = await startRegistry(
      registryConfig({ ...shop.variables, CONTROL_DATABASE_URL: way.url }),
    );
    const sdl = REVIEWS.replace('stars: Int', 'stars: Int\n  "How many."\n  votes: Int');
    await shop.write('proposed.graphql', sdl);
    const publish = () =>
      runRover(onSubgraph('publish', 'reviews', '--schema', 'proposed.graphql'), {
        url: server.url,
        key: shop.keys.publish,
        folder: shop.folder,
      });
    try {
      await way.cut();
      const away = await publish();
      expect(away.code).toBe(1);
      expect(away.error).toContain('its database does not answer: try again later');
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      const ref = { graph: 'shop', variant: 'current' };
      expect(await newestNumber(shop.database.db, ref)).toMatchObject({ number: 1 });
      await way.open();
      const back = await publish();
      expect(back.error).toContain('Version 2');
      expect(back.code).toBe(0);
    } finally {
      await server.close();
      await way.cut();
    }
  });
});
