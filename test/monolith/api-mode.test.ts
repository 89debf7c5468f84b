import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH_CALL_HEADER, IDENTITY_HEADER } from '#platform/identity/signed-identity.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { startTestMonolith, type Reply, type TestMonolith } from './test-monolith.ts';

type Mode = 'full' | 'store' | 'admin';
type Audience = 'everyone' | 'store' | 'admin' | 'service';

/** Every operation of the monolith, by whom it is for. */
const OPERATIONS: Record<Audience, string> = {
  everyone: `
    register login refresh logout logoutAll changePassword me updateProfile deleteAccount lookUpUsers getUser
    getProduct getProductBySku lookUpProducts listProducts listProductsByCategories
    listCategories getCategoryBySlug lookUpCategories listChildCategories lookUpAvailableStock
    getOrder lookUpOrders listOrdersByCustomers cancelOrder returnOrder
    getResume linkResumeFiles readResumeFile lookUpResumes listResumesByUsers getReview lookUpReviews listReviewsByResumes
    getReviewReading lookUpReviewReadings`,
  store: `
    placeOrder payOrder listMyOrders createUploadTicket completeUpload uploadResume receiveUpload receiveUploadPart
    listMyResumes deleteResume requestReview`,
  admin: `
    listUsers deleteUser createProduct updateProduct archiveProduct createCategory updateCategory
    listWarehouses lookUpStockLevels listStockMovements listLowStock receiveStock adjustStock
    listOrders confirmOrder shipOrder deliverOrder`,
  service: 'reserveStock releaseStock commitStock returnStock',
};
const OPEN: Record<Mode, readonly Audience[]> = {
  full: ['everyone', 'store', 'admin', 'service'],
  store: ['everyone', 'store'],
  admin: ['everyone', 'admin'],
};

const audiences = new Map(
  Object.entries(OPERATIONS).flatMap(([audience, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, audience as Audience] as const),
  ),
);

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string }>>;
}
interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

const operationsOf = (document: OpenApi): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000'),
    })),
  );

/** Whether a route is closed in a mode, by what it answered. */
const closedBy = (mode: Mode, { status, body }: Reply): boolean =>
  status === 404 && `${body?.error?.message}`.endsWith(`is not open in API_MODE=${mode}.`);

const modes = ['full', 'store', 'admin'] as const;
const monoliths = {} as Record<Mode, TestMonolith>;
let document: OpenApi;
beforeAll(async () => {
  const DATABASE_URL = await createEmptyDatabase();
  for (const mode of modes) {
    monoliths[mode] = await startTestMonolith({ DATABASE_URL, API_MODE: mode });
  }
  document = (await monoliths.full.call('GET', '/openapi.json')).body;
});
afterAll(async () => {
  for (const mode of modes) await monoliths[mode].close();
});

describe('the OpenAPI document', () => {
  test('has every operation once, by name', () => {
    const ids = operationsOf(document).map(({ id }) => id);
    expect([...ids].sort()).toEqual([...audiences.keys()].sort());
  });

  test('is the one from which the client of the wrapper is generated', async () => {
    const file = new URL('../../subgraphs/legacy/monolith/openapi.json', import.meta.url);
    expect(
      document,
      'openapi.json is stale: run node subgraphs/legacy/monolith/openapi.ts',
    ).toEqual(JSON.parse(await readFile(file, 'utf8')));
  });

  test('describes every answer and every error', () => {
    for (const methods of Object.values(document.paths)) {
      for (const operation of Object.values(methods)) {
        expect(operation).toMatchObject({
          summary: expect.any(String),
          responses: { '4XX': expect.anything(), '5XX': expect.anything() },
        });
      }
    }
  });
});

describe.each(modes)('API_MODE=%s', (mode) => {
  test('opens the routes of its audience, and names itself where it closes one', async () => {
    for (const { id, method, path } of operationsOf(document)) {
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const reply = await monoliths[mode].call(method, path, hasBody ? { body: {} } : {});
      const closed = closedBy(mode, reply);
      const open = OPEN[mode].includes(audiences.get(id) as Audience);
      expect({ id, open: !closed }).toEqual({ id, open });
      if (!open) expect(reply.body.error.code).toBe('NOT_FOUND');
    }
  });

  test('opens every route to calls of the graph, which the gateway has signed', async () => {
    for (const { id, method, path } of operationsOf(document)) {
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const options = { headers: { [GRAPH_CALL_HEADER]: '1' }, ...(hasBody ? { body: {} } : {}) };
      const signed = await monoliths[mode].call(method, path, { ...options, identity: {} });
      expect({ id, closed: closedBy(mode, signed) }).toEqual({ id, closed: false });
      // Anybody can send the header alone.
      const unsigned = await monoliths[mode].call(method, path, options);
      const open = OPEN[mode].includes(audiences.get(id) as Audience);
      expect({ id, closed: closedBy(mode, unsigned) }).toEqual({ id, closed: !open });
    }
    const path = '/api/warehouses';
    const headers = { [GRAPH_CALL_HEADER]: '1', [IDENTITY_HEADER]: 'forged' };
    expect((await monoliths[mode].call('GET', path, { headers })).status).toBe(401);
  });

  test('keeps health, metrics and the OpenAPI document open', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json']) {
      expect((await monoliths[mode].call('GET', path)).status).toBe(200);
    }
  });
});

test('an unknown mode is refused at the start, by name', async () => {
  const started = startTestMonolith({ DATABASE_URL: 'postgres://x@127.0.0.1/x', API_MODE: 'shop' });
  await expect(started).rejects.toThrow(/API_MODE is not valid .* expected full, store or admin/);
});
