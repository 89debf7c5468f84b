import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { orderConfig } from '../../subgraphs/order/config.ts';
import type { PaymentProvider } from '../../subgraphs/order/payment.ts';
import { startOrder } from '../../subgraphs/order/server.ts';
import { startStack, type ServiceName, type Stack } from '../stack.ts';
import { openStockBook, type StockBook, type StockSide } from './stock-book.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The order subgraph as a process of its own, which can be killed. */
export interface OrderProcess {
  /** Whether it has ended, and by which signal. */
  readonly ended: Promise<string | null>;
  /** SIGKILL: nothing is flushed, closed or answered. */
  kill(): Promise<void>;
}

/** The whole product with orders on the new side, whose order subgraph a test starts and ends as it likes. */
export interface OrderStack extends Stack {
  /** The database of the order subgraph. */
  readonly orders: Database;
  /** The stock, on the side of the move inventory. */
  readonly stock: StockBook;
  /** The service that keeps it. */
  readonly keeper: ServiceName;
  /** Starts the order subgraph inside the test's process. */
  startServer(more?: Record<string, string>, payments?: PaymentProvider): Promise<RunningServer>;
  /** Starts it as a process of its own. @param more environment variables, e.g. ORDER_FAILPOINT */
  startProcess(more?: Record<string, string>): Promise<OrderProcess>;
  /** Ends whatever was started, in whichever process. */
  endOrders(): Promise<void>;
}

/**
 * Starts everything but the order subgraph itself.
 *
 * @param extra environment variables for every process; the moves without a flag among them stay on legacy
 */
export async function startOrderStack(extra: Record<string, string> = {}): Promise<OrderStack> {
  const stack = await startStack({
    USE_NEW_ORDER: 'true',
    ORDER_SWEEP_MS: '200',
    ORDER_LEASE_MS: '1000',
    ...extra,
  });
  await stack.stop('order');
  const log = createLog('test', 'silent');
  const url = stack.databases.orders;
  const orders = openDatabase({ url, poolSize: 3, applicationName: 'test', log });
  const kept = { service: 'inventory' as ServiceName, side: 'new' as StockSide };
  const urls = {
    new: stack.databases.inventory,
    // #region monolith
    legacy: stack.databases.legacy,
    // #endregion monolith
  };
  // #region monolith
  if (extra.USE_NEW_INVENTORY !== 'true')
    Object.assign(kept, { service: 'monolith', side: 'legacy' });
  // #endregion monolith
  const stock = openStockBook(kept.side, urls[kept.side]);
  const running: (() => Promise<unknown>)[] = [];
  const endOrders = async () => {
    for (const end of running.splice(0)) await end();
  };
  return {
    ...stack,
    orders,
    stock,
    keeper: kept.service,
    startServer: async (more = {}, payments) => {
      const config = orderConfig({ ...stack.environment('order'), ...more });
      const server = await startOrder(config, payments);
      running.push(() => server.close());
      return server;
    },
    startProcess: async (more = {}) => {
      const started = await startProcess({ ...stack.environment('order'), ...more });
      running.push(() => started.kill());
      return started;
    },
    endOrders,
    close: async () => {
      await endOrders();
      await Promise.all([orders.close(), stock.close()]);
      await stack.close();
    },
  };
}

async function startProcess(variables: Record<string, string>): Promise<OrderProcess> {
  const child: ChildProcess = spawn(process.execPath, ['subgraphs/order/main.ts'], {
    cwd: ROOT,
    env: { ...basicEnvironment(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listening = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('order listens on')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`the order process ended:\n${output}`)));
  });
  const ended = once(child, 'exit').then(([, signal]) => signal as string | null);
  await listening;
  return {
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
