import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOperations } from '#schema/operations.ts';
import { SIDES } from '../end-to-end/sides.ts';
import { startStack, type Stack } from '../stack.ts';

// The program that developers of front ends copy, as a process of its own, and the gateway as another one.
const VISIT = 'test/clients/store-front/main.ts';

describe.each(SIDES)('the example of a store front, answered %s', (_side, flags) => {
  let stack: Stack;
  const gateways: Gateway[] = [];
  beforeAll(async () => {
    stack = await startStack(flags);
  });
  afterAll(async () => {
    for (const { child } of gateways) child.kill('SIGTERM');
    await Promise.all(gateways.map(({ ended }) => ended));
    await stack?.close();
  });

  // Services of ours ask the gateway of the stack, which answers whatever they ask.
  const gatewayWith = async (settings: Record<string, string>) => {
    const environment = { ...stack.environment('gateway'), PORT: '0', LOG_LEVEL: 'info' };
    const gateway = await startGatewayProcess({ ...environment, ...settings });
    gateways.push(gateway);
    return gateway;
  };

  test.each([
    ['a gateway that answers everything', {}],
    [
      'a gateway that serves the contract of the store, and only operations of the manifest',
      { API_MODE: 'store', SAFELIST: 'schema/operations.manifest.json' },
    ],
  ])('uses every operation of the store front at %s', async (_what, settings) => {
    const gateway = await gatewayWith(settings);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [VISIT, gateway.url]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^PlaceOrder: /m);
    expect(stdout).toMatch(/^MyOrders: CANCELLED$/m);
    const operations = await readOperations('schema/operations');
    const names = operations.filter(({ client }) => client === 'store').map(({ name }) => name);
    const requests = gateway.operations();
    const answered = requests.filter(({ outcome }) => outcome === 'ok').map((one) => one.operation);
    expect(answered.filter((name, index) => answered.indexOf(name) === index).toSorted()).toEqual(
      names.toSorted(),
    );
    const clients = new Set(
      requests.map(({ client, clientVersion }) => `${client} ${clientVersion}`),
    );
    expect([...clients]).toEqual(['store 1.0.0']);
  });
});

/** A line of the access log. */
interface Line {
  readonly operation: string;
  readonly client: string;
  readonly clientVersion: string;
  readonly outcome: string;
}

interface Gateway {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<unknown>;
  /** The operations of its access log. */
  operations(): Line[];
}

async function startGatewayProcess(environment: Record<string, string>): Promise<Gateway> {
  const env = { PATH: process.env.PATH, ...environment };
  const child = spawn(process.execPath, ['gateway/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the gateway has ended:\n${lines.join('\n')}`)));
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const [, found] = /^gateway listens on (\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    child,
    url,
    ended: once(child, 'exit'),
    operations: () =>
      lines
        .filter((line) => line.includes('"msg":"operation"'))
        .map((line) => JSON.parse(line) as Line),
  };
}
