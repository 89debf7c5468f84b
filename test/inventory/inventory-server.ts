import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { anonymousIdentity, type Role } from '#platform/identity/identity.ts';
import { SERVICE_HEADER, verifyServiceToken } from '#platform/identity/service-token.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import { inventoryConfig } from '../../subgraphs/inventory/config.ts';
import { startInventory } from '../../subgraphs/inventory/server.ts';
import {
  stockFault,
  stockLevel,
  stockMovement,
  warehouse,
} from '../../subgraphs/inventory/tables.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

export const IDENTITY_SECRET = 'identity-secret-of-the-inventory-tests';

/** An inventory subgraph of its own with three empty warehouses, called as the gateway calls it. */
export interface InventoryServer {
  readonly url: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly catalogue: Catalogue;
  /** The ids of the warehouses A, B and C. */
  readonly warehouses: readonly [string, string, string];
  /** Lets the server's clock go on by so many milliseconds. */
  passTime(ms: number): void;
  /** Sends an operation as somebody of a role; null is an anonymous caller. */
  graphql(
    query: string,
    variables?: Record<string, unknown>,
    role?: Role | null,
  ): Promise<GraphqlReply>;
  /** The data of an operation of staff, or of somebody else; fails where there are errors. */
  // oxlint-disable-next-line typescript/no-explicit-any
  data(query: string, variables?: Record<string, unknown>, role?: Role | null): Promise<any>;
  /** How many SQL statements the server sends while something runs. */
  statements(run: () => Promise<unknown>): Promise<number>;
  /** A new product with so many pieces in each of the warehouses. */
  newProduct(...pieces: number[]): Promise<string>;
  /** The sums over all warehouses of a product. */
  sums(productId: string): Promise<{ onHand: number; reserved: number; moved: number }>;
  /** Fails unless all levels are what the ledger and the held promises say. */
  expectNoFaults(): Promise<void>;
  close(): Promise<void>;
}

export async function startInventoryServer(
  extra: Record<string, string> = {},
): Promise<InventoryServer> {
  const databaseUrl = await createEmptyDatabase();
  const catalogue = await startCatalogue();
  let shift = 0;
  const server = await startInventory(
    inventoryConfig({
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '20',
      IDENTITY_SECRET,
      GATEWAY_URL: catalogue.url,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...extra,
    }),
    () => new Date(Date.now() + shift),
  );
  const log = createLog('test', 'silent');
  const database = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test', log });
  const { db } = database;
  const warehouses: [string, string, string] = [randomUUID(), randomUUID(), randomUUID()];
  await db
    .insert(warehouse)
    .values(warehouses.map((id, n) => ({ id, code: 'ABC'.charAt(n), name: `Warehouse ${n}` })));
  const graphql: InventoryServer['graphql'] = async (query, variables = {}, role = 'staff') => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identityOf(role) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };
  const data: InventoryServer['data'] = async (query, variables, role) => {
    const { body } = await graphql(query, variables, role);
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };
  return {
    url: server.url,
    databaseUrl,
    database,
    catalogue,
    warehouses,
    passTime: (ms) => {
      shift += ms;
    },
    graphql,
    data,
    statements: async (run) => {
      const before = await statementsSent(server.url);
      await run();
      return (await statementsSent(server.url)) - before;
    },
    newProduct: async (...pieces) => {
      const productId = randomUUID();
      const now = new Date();
      const filled = pieces.flatMap((onHand, n) =>
        onHand > 0 ? [{ productId, warehouseId: warehouses[n] as string, onHand }] : [],
      );
      if (filled.length === 0) return productId;
      await db.insert(stockLevel).values(filled.map((row) => ({ ...row, updatedAt: now })));
      await db.insert(stockMovement).values(
        filled.map(({ onHand, ...row }) => ({
          ...row,
          id: randomUUID(),
          kind: 'RECEIVED' as const,
          delta: onHand,
          createdAt: now,
        })),
      );
      return productId;
    },
    sums: async (productId) => {
      const { rows } = await db.execute<{ onHand: number; reserved: number; moved: number }>(sql`
        select coalesce(sum(on_hand), 0)::int as "onHand", coalesce(sum(reserved), 0)::int as reserved,
          (select coalesce(sum(delta), 0)::int from stock_movement where product_id = ${productId}) as moved
        from stock_level where product_id = ${productId}`);
      return rows[0] as { onHand: number; reserved: number; moved: number };
    },
    expectNoFaults: async () => expect(await db.select().from(stockFault)).toEqual([]),
    close: async () => {
      await server.close();
      await catalogue.stop();
      await database.close();
    },
  };
}

function identityOf(role: Role | null): string {
  const userId = role === null || role === 'service' ? null : randomUUID();
  const identity = { ...anonymousIdentity('test'), userId, role };
  return signIdentity(identity, identityKey(IDENTITY_SECRET));
}

async function statementsSent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

/** Stands where the gateway stands, and knows which products there are. */
export interface Catalogue {
  readonly url: string;
  /** What it has been asked for, in order. */
  readonly asked: string[];
  readonly products: Set<string>;
  /** Whether it is out of order. */
  broken: boolean;
  stop(): Promise<void>;
}

async function startCatalogue(): Promise<Catalogue> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => void answer(request, response, body));
  }).listen(0, '127.0.0.1');
  const answer = async (request: IncomingMessage, response: ServerResponse, body: string) => {
    const token = String(request.headers[SERVICE_HEADER]);
    expect(await verifyServiceToken(token, identityKey(IDENTITY_SECRET))).toBe('inventory');
    const { id } = (JSON.parse(body) as { variables: { id: string } }).variables;
    catalogue.asked.push(id);
    const product = catalogue.products.has(id) ? { id } : null;
    response.writeHead(catalogue.broken ? 503 : 200, { 'content-type': 'application/json' });
    response.end(catalogue.broken ? '' : JSON.stringify({ data: { product } }));
  };
  await once(server, 'listening');
  const catalogue: Catalogue = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked: [],
    products: new Set(),
    broken: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return catalogue;
}
