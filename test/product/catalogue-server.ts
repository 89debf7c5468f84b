import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { anonymousIdentity, type Role } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import { productConfig } from '../../subgraphs/product/config.ts';
import { startProduct } from '../../subgraphs/product/server.ts';
import { categories, products } from '../../subgraphs/product/tables.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

const IDENTITY_SECRET = 'identity-secret-of-the-product-tests';

/** A product subgraph of its own over an empty database, called as the gateway calls it. */
export interface CatalogueServer {
  readonly url: string;
  readonly database: Database;
  /** Sends an operation as somebody of a role; null is an anonymous caller. */
  graphql(
    query: string,
    variables?: Record<string, unknown>,
    role?: Role | null,
  ): Promise<GraphqlReply>;
  /** The data of an operation; fails where there are errors. */
  // oxlint-disable-next-line typescript/no-explicit-any
  data(query: string, variables?: Record<string, unknown>, role?: Role | null): Promise<any>;
  /** How many SQL statements the server sends while something runs. */
  statements(run: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

export async function startCatalogue(): Promise<CatalogueServer> {
  const url = await createEmptyDatabase();
  const server = await startProduct(
    productConfig({ DATABASE_URL: url, IDENTITY_SECRET, PORT: '0', LOG_LEVEL: 'silent' }),
  );
  const database = openDatabase({
    url,
    poolSize: 4,
    applicationName: 'test',
    log: createLog('test', 'silent'),
  });
  const graphql: CatalogueServer['graphql'] = async (query, variables = {}, role = null) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identityOf(role) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };
  return {
    url: server.url,
    database,
    graphql,
    data: async (query, variables, role) => {
      const { body } = await graphql(query, variables, role);
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return body.data;
    },
    statements: async (run) => {
      const before = await statementsSent(server.url);
      await run();
      return (await statementsSent(server.url)) - before;
    },
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

function identityOf(role: Role | null): string {
  const userId = role === null ? null : randomUUID();
  const identity = { ...anonymousIdentity('test'), userId, role };
  return signIdentity(identity, identityKey(IDENTITY_SECRET));
}

async function statementsSent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

type ProductRow = typeof products.$inferInsert;
type CategoryRow = typeof categories.$inferInsert;

/** Puts products into the table; what is not given is made up, and no two have the same unit. */
export async function addProducts(
  { db }: Database,
  rows: readonly Partial<ProductRow>[],
): Promise<string[]> {
  const full = rows.map((row) => ({
    id: randomUUID(),
    sku: `T-${randomUUID().slice(0, 12).toUpperCase()}`,
    name: 'A product',
    priceAmount: 1_000,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    updatedAt: new Date('2026-01-01T00:00:00Z'),
    ...row,
  }));
  await db.insert(products).values(full);
  return full.map((row) => row.id);
}

/** Puts a category into the table. @returns its id */
export async function addCategory({ db }: Database, row: Partial<CategoryRow>): Promise<string> {
  const id = randomUUID();
  await db.insert(categories).values({ id, name: 'A category', slug: `c-${id}`, ...row });
  return row.id ?? id;
}
