import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunningServer } from '#platform/http-server.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';
import { registryConfig } from '../../../schema/registry/config.ts';
import type { RegistryExtension } from '../../../schema/registry/extension.ts';
import { createKey } from '../../../schema/registry/keys/keys.ts';
import { startRegistry } from '../../../schema/registry/server.ts';
import { runRover, type RoverRun } from './rover.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])\n';

/** Two subgraphs that fit together. */
export const CATALOGUE = `${LINK}"What clients ask for."
type Query {
  "A product by its id."
  product(id: ID!): Product
}

"What is sold."
type Product @key(fields: "id") {
  "Its id."
  id: ID!
  "What it is called."
  name: String
  "What it is called on the shelf."
  sku: String
}
`;
export const REVIEWS = `${LINK}"What is sold."
type Product @key(fields: "id") {
  "Its id."
  id: ID!
  "How good people think it is, from 1 to 5."
  stars: Int
}
`;

/** The words of a command of Rover's on a subgraph of the shop. */
export const onSubgraph = (command: string, name: string, ...more: readonly string[]): string[] => [
  'subgraph',
  command,
  'shop@current',
  '--name',
  name,
  ...more,
];

/** A registry on a database of its own, with the shop's two subgraphs, an operation that uses `sku`, and its keys. */
export interface ShopRegistry {
  readonly url: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly folder: string;
  readonly keys: Readonly<Record<'read' | 'check' | 'publish', string>>;
  /** The variables that it was started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** Runs Rover in the folder, with the key that may publish where none is named. */
  rover(
    words: readonly string[],
    key?: string,
    variables?: Readonly<Record<string, string>>,
  ): Promise<RoverRun>;
  /** Writes a file into the folder. */
  write(file: string, text: string): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function startShopRegistry(
  urls: { readonly catalogue: string; readonly reviews: string },
  variables: Readonly<Record<string, string>> = {},
  extensions: readonly RegistryExtension[] = [],
): Promise<ShopRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  await write('catalogue.graphql', CATALOGUE);
  await write('reviews.graphql', REVIEWS);
  await write(
    'supergraph.yaml',
    `subgraphs:\n${Object.entries(urls)
      .map(
        ([name, url]) =>
          `  ${name}: { routing_url: "${url}", schema: { file: ./${name}.graphql } }\n`,
      )
      .join('')}`,
  );
  await write('contracts.yaml', 'contracts: {}\n');
  await write('policy.yaml', `usage: { operations: ${join(folder, 'operations')} }\n`);
  await write('operations/app/shelf.graphql', 'query Shelf {\n  product(id: 1) { id sku }\n}\n');
  const databaseUrl = await createEmptyDatabase();
  const settings = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    CONTROL_DATABASE_URL: databaseUrl,
    REGISTRY_GRAPH: 'shop@current',
    REGISTRY_SUBGRAPHS: join(folder, 'supergraph.yaml'),
    REGISTRY_CONTRACTS: join(folder, 'contracts.yaml'),
    REGISTRY_POLICY: join(folder, 'policy.yaml'),
    UPLINK_DELAY_SECONDS: '1',
    ...variables,
  };
  const server: RunningServer = await startRegistry(registryConfig(settings), extensions);
  const log = createLog('test', 'silent');
  const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'test', log });
  const key = (can: 'read' | 'check' | 'publish') =>
    createKey(database.db, { graph: 'shop', name: `may-${can}`, can });
  const keys = {
    read: await key('read'),
    check: await key('check'),
    publish: await key('publish'),
  };
  return {
    url: server.url,
    databaseUrl,
    database,
    folder,
    keys,
    variables: settings,
    rover: (words, own = keys.publish, more = {}) =>
      runRover(words, { url: server.url, key: own, folder, variables: more }),
    write,
    stop: () => server.close(),
    async close() {
      await server.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
