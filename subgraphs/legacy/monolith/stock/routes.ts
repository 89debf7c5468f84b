import type { MonolithApp, MonolithDeps } from '../app.ts';
import { requireService, requireStaff } from '../caller.ts';
import { listPage } from '../lists.ts';
import { sweepWhileListening } from '../sweep.ts';
import { availableStock, followRelayedStock } from './availability.ts';
import {
  adjustStockThere,
  endReservationThere,
  receiveStockThere,
  reserveStockThere,
} from './forwarded.ts';
import { giveBackStock } from './give-back.ts';
import { levelAnswer, listLowStock, listMovements, listWarehouses, lookUpLevels } from './lists.ts';
import { releaseExpired } from './reservations.ts';
import * as schemas from './schemas.ts';
import {
  adjustStock,
  commitStock,
  receiveStock,
  releaseStock,
  reservationAnswer,
  reserveStock,
  returnStock,
} from './service.ts';

/** Milliseconds between two looks for reservations that have run out. */
const SWEEP_EVERY = 10_000;
const DEFAULT_THRESHOLD = 10;

/** What is in the warehouses, what is promised, and how that changes. */
export async function stockRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  for (const schema of schemas.stockSchemas) app.addSchema(schema);
  addLookups(app, deps);
  addChanges(app, deps);
  addReservations(app, deps);
  sweepWhileListening(app, deps.log, 'releasing expired reservations', SWEEP_EVERY, () =>
    deps.ownership.whereOwned('inventory', () => releaseExpired(deps)),
  );
  sweepWhileListening(app, deps.log, 'giving stock of orders back', SWEEP_EVERY, () =>
    giveBackStock(deps),
  );
  followRelayedStock(app, deps);
}

function addLookups(app: MonolithApp, deps: MonolithDeps): void {
  const staff = { audience: 'admin' } as const;

  app.get('/api/warehouses', { schema: schemas.listWarehouses, config: staff }, async (request) => {
    requireStaff(request);
    return { items: await listWarehouses(deps.db) };
  });
  app.post(
    '/api/stock/available',
    { schema: schemas.lookUpAvailableStock, config: { audience: 'everyone' } },
    async (request) => {
      const ids = request.body.product_ids.map((id) => id.toLowerCase());
      const available = await availableStock(deps, ids);
      return {
        items: [...available].map(([product_id, qty_available]) => ({ product_id, qty_available })),
      };
    },
  );
  app.post(
    '/api/stock/levels',
    { schema: schemas.lookUpStockLevels, config: staff },
    async (request) => {
      requireStaff(request);
      return { items: await lookUpLevels(deps.db, request.body.product_ids) };
    },
  );
  app.post(
    '/api/stock/movements',
    { schema: schemas.listStockMovements, config: staff },
    async (request) => {
      requireStaff(request);
      const page = listPage(request.body, ['time', 'uuid']);
      return listMovements(deps.db, request.body.product_ids, page);
    },
  );
  app.get('/api/stock/low', { schema: schemas.listLowStock, config: staff }, async (request) => {
    requireStaff(request);
    const page = listPage(request.query, ['integer', 'uuid', 'uuid']);
    return listLowStock(deps.db, request.query.threshold ?? DEFAULT_THRESHOLD, page);
  });
}

function addChanges(app: MonolithApp, deps: MonolithDeps): void {
  const config = { audience: 'admin', writes: 'inventory' } as const;

  app.post(
    '/api/stock/receive',
    { schema: schemas.receiveStock, config: { ...config, forward: receiveStockThere } },
    async (request) => {
      requireStaff(request);
      return levelAnswer(await receiveStock(deps, request.body));
    },
  );
  app.post(
    '/api/stock/adjust',
    { schema: schemas.adjustStock, config: { ...config, forward: adjustStockThere } },
    async (request) => {
      requireStaff(request);
      return levelAnswer(await adjustStock(deps, request.body));
    },
  );
}

function addReservations(app: MonolithApp, deps: MonolithDeps): void {
  const config = { audience: 'service', writes: 'inventory' } as const;

  app.post(
    '/api/stock/reserve',
    { schema: schemas.reserveStock, config: { ...config, forward: reserveStockThere } },
    async (request) => {
      requireService(request);
      return reservationAnswer(await reserveStock(deps, request.body));
    },
  );
  app.post(
    '/api/stock/release',
    {
      schema: schemas.releaseStock,
      config: { ...config, forward: endReservationThere('release') },
    },
    async (request) => {
      requireService(request);
      return reservationAnswer(await releaseStock(deps, request.body.order_id));
    },
  );
  app.post(
    '/api/stock/commit',
    { schema: schemas.commitStock, config: { ...config, forward: endReservationThere('commit') } },
    async (request) => {
      requireService(request);
      return reservationAnswer(await commitStock(deps, request.body.order_id));
    },
  );
  app.post(
    '/api/stock/return',
    { schema: schemas.returnStock, config: { ...config, forward: endReservationThere('return') } },
    async (request) => {
      requireService(request);
      return reservationAnswer(await returnStock(deps, request.body.order_id));
    },
  );
}
