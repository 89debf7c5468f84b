import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOperations } from '#schema/operations.ts';
import { SIDES } from '../end-to-end/sides.ts';
import { startServerProcess, type ServerProcess } from '../setup/server-process.ts';
import { startStack, type Stack } from '../stack.ts';

// The program that developers of front ends copy, as a process of its own, and the gateway as another one.
const VISIT = 'test/clients/store-front/main.ts';

describe.each(SIDES)('the example of a store front, answered %s', (_side, flags) => {
  let stack: Stack;
  const gateways: ServerProcess[] = [];
  beforeAll(async () => {
    stack = await startStack(flags);
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.end()));
    await stack?.close();
  });

  // Services of ours ask the gateway of the stack, which answers whatever they ask.
  const gatewayWith = async (settings: Record<string, string>) => {
    const environment = { ...stack.environment('gateway'), PORT: '0', LOG_LEVEL: 'info' };
    const gateway = await startServerProcess(['gateway/main.ts'], { ...environment, ...settings });
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
    const requests = operationsOf(gateway);
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

/** The operations of the access log of a gateway. */
function operationsOf({ lines }: ServerProcess): Line[] {
  return lines
    .filter((line) => line.includes('"msg":"operation"'))
    .map((line) => JSON.parse(line) as Line);
}
