import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { orderConfig } from '../../subgraphs/order/config.ts';
import type { PaymentProvider } from '../../subgraphs/order/payment.ts';
import { startOrder } from '../../subgraphs/order/server.ts';
import { startStack, type Stack } from '../stack.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The order subgraph as a process of its own, which can be killed. */
export interface OrderProcess {
  /** Whether it has ended, and by which signal. */
  readonly ended: Promise<string | null>;
  /** SIGKILL: nothing is flushed, closed or answered. */
  kill(): Promise<void>;
}

/** The whole product with orders on the new side, over the demo data; product and inventory on legacy. */
export interface OrderStack extends Stack {
  /** The database of the order subgraph. */
  readonly orders: Database;
  /** The database of the monolith, where the stock is. */
  readonly monolith: Database;
  /** Where the order subgraph listens, in whichever process. */
  readonly orderUrl: string;
  /** Starts the order subgraph inside the test's process. */
  startServer(more?: Record<string, string>, payments?: PaymentProvider): Promise<RunningServer>;
  /** Starts it as a process of its own. @param more environment variables, e.g. ORDER_FAILPOINT */
  startProcess(more?: Record<string, string>): Promise<OrderProcess>;
  /** Ends whatever was started, in whichever process. */
  endOrders(): Promise<void>;
}

/** Starts everything but the order subgraph itself. */
export async function startOrderStack(): Promise<OrderStack> {
  const stack = await startStack({ USE_NEW_ORDER: 'true' });
  const orderUrl = stack.url('order');
  await stack.stop('order');
  const orders = open(stack.databases.orders);
  const monolith = open(stack.databases.legacy);
  const environment = {
    DATABASE_URL: stack.databases.orders,
    GATEWAY_URL: `${stack.url('gateway')}/graphql`,
    IDENTITY_SECRET: stack.identitySecret,
    HOST: '127.0.0.1',
    PORT: new URL(orderUrl).port,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ORDER_SWEEP_MS: '200',
    ORDER_LEASE_MS: '1000',
  };
  const running: (() => Promise<unknown>)[] = [];
  const endOrders = async () => {
    for (const end of running.splice(0)) await end();
  };
  return {
    ...stack,
    // A spread would read the getter once.
    get gatewayUrl() {
      return stack.gatewayUrl;
    },
    orders,
    monolith,
    orderUrl,
    startServer: async (more = {}, payments) => {
      const server = await startOrder(orderConfig({ ...environment, ...more }), payments);
      running.push(() => server.close());
      return server;
    },
    startProcess: async (more = {}) => {
      const started = await startProcess({ ...environment, ...more });
      running.push(() => started.kill());
      return started;
    },
    endOrders,
    close: async () => {
      await endOrders();
      await Promise.all([orders.close(), monolith.close()]);
      await stack.close();
    },
  };
}

function open(url: string): Database {
  const log = createLog('test', 'silent');
  return openDatabase({ url, poolSize: 3, applicationName: 'test', log });
}

async function startProcess(variables: Record<string, string>): Promise<OrderProcess> {
  const child: ChildProcess = spawn(process.execPath, ['subgraphs/order/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...variables },
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
