import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOVES } from '#platform/moves/moves.ts';
import { gatewayClient } from '../../behaviour/gateway-client.ts';
import { openShop, type Shop } from '../../behaviour/shop.ts';
import { copyRepository, type Checkout } from './checkout.ts';
import { createInstallation, everyAnswer, type Installation } from './installation.ts';

// The last days of a migration, one test after the other: real processes, the real commands, one set of data.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** In which order the foreign keys of the monolith let moves be sealed. */
const ORDER = ['ai', 'upload', 'order', 'inventory', 'product', 'auth'];

let installation: Installation;
let checkout: Checkout;
let gateway: string;
let before: Awaited<ReturnType<typeof everyAnswer>>;

beforeAll(async () => {
  installation = await createInstallation();
  gateway = installation.url('GATEWAY_PORT');
  checkout = await copyRepository();
  await installation.start(checkout.root);
});
afterAll(async () => {
  await installation?.remove();
  await checkout?.remove();
});

/** `npm run move -- …` on the installation. */
const move = (...words: string[]) =>
  checkout.run(['node', 'migration/main.ts', 'move', ...words], installation.variables);

/** The same, where it must succeed. @returns what it has printed */
const moved = (...words: string[]) =>
  checkout.done(['node', 'migration/main.ts', 'move', ...words], installation.variables);

/** Requests that the gateway has sent to the monolith's subgraph. */
async function askedOfLegacy(): Promise<number> {
  const text = await (await fetch(`${gateway}/metrics`)).text();
  const lines = text
    .split('\n')
    .filter((line) => /^subgraph_requests_total\{.*"legacy"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const ready = async (variable: string) =>
  (await fetch(`${installation.url(variable)}/health/ready`)).json();

describe('every move is whole on the new side', () => {
  test('the monolith cannot be removed yet: the message says what is left to do', async () => {
    const { code, output } = await move('remove-monolith');
    expect(code).toBe(1);
    expect(output).toContain('the monolith is still needed: auth is at soak, product is at soak');
    expect(output).toContain('npm run move -- seal');
  });

  test('a move to which others refer is not sealed before them: the message says which go first', async () => {
    const { code, output } = await move('seal', 'auth');
    expect(code).toBe(1);
    expect(output).toMatch(/seal order, upload(, ai)? before/);
    expect((await move('seal', 'product')).output).toContain('seal inventory before');
  });

  test('in their order, each is sealed', async () => {
    before = await everyAnswer(gateway);
    for (const name of ORDER) {
      expect(await moved('seal', name)).toContain(`${name} is sealed.`);
    }
    const { moves } = JSON.parse(await moved('status', '--json')) as {
      moves: { move: string; stage: string }[];
    };
    expect(moves.map(({ stage }) => stage)).toEqual(MOVES.map(() => 'sealed'));
  });
});

describe('every move is sealed', () => {
  test('there is no way back, and the message says why', async () => {
    const { code, output } = await move('rollback', 'order');
    expect(code).toBe(1);
    expect(output).toContain(
      'order is sealed: the monolith has not heard of what was written since',
    );
  });

  test('whoever writes to the database of the monolith is refused, and told who owns the row', async () => {
    for (const statement of [
      "update app_users set full_name = 'X'",
      'update products set unit_price = 1',
      'update stocks set qty_on_hand = qty_on_hand + 1',
      "update sales_orders set ship_city = 'X'",
      'delete from resumes',
    ]) {
      await expect(installation.query('legacy', statement)).rejects.toMatchObject({
        code: 'MF001',
        message: expect.stringMatching(/new side/),
        detail: expect.stringMatching(/"owner" ?: "new"/),
      });
    }
  });

  test('the gateway asks the monolith for nothing, and answers every query as before', async () => {
    const asked = await askedOfLegacy();
    expect(await everyAnswer(gateway)).toEqual(before);
    expect(await askedOfLegacy()).toBe(asked);
  });
});

describe('the monolith, its subgraph and its database are gone', () => {
  let shop: Shop;
  beforeAll(async () => {
    // Stopped, not ended: whoever asks one of them would wait, and `npm start` does not start it again.
    for (const entry of ['subgraphs/legacy/monolith/main.ts', 'subgraphs/legacy/main.ts'])
      process.kill(await installation.pidOf(entry), 'SIGSTOP');
    await installation.query(null, 'drop database legacy with (force)');
    shop = await openShop(gatewayClient(gateway));
  });

  test('every query is answered as before', async () => {
    expect(await everyAnswer(gateway)).toEqual(before);
  });

  test('accounts, orders and stock are written as before', async () => {
    const { id, stock } = await shop.product(0, 5);
    const input = {
      idempotencyKey: 'the-last-order-of-a-test',
      items: [{ productId: id, quantity: 2 }],
      shippingAddress: { name: 'N', line1: 'L', city: 'C', postalCode: 'P', country: 'JP' },
    };
    const placed = await shop.data(
      `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
        __typename ... on OrderPayload { order { id status } } ... on Problem { message } } }`,
      { input },
      shop.customer,
    );
    expect(placed.placeOrder).toMatchObject({ order: { status: 'PLACED' } });
    expect(await shop.stockOf(id)).toBe(stock - 2);
    const { register } = await shop.data(
      `mutation ($input: RegisterInput!) { register(input: $input) { ... on AuthSession { user { email } } } }`,
      { input: { email: 'last@example.com', password: 'a-long-password', displayName: 'Last' } },
    );
    expect(register.user.email).toBe('last@example.com');
  });

  test('what is found nowhere is looked for nowhere else', async () => {
    const asked = await askedOfLegacy();
    const cancel = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename } }`;
    const id = '00000000-0000-4000-8000-000000000000';
    const { cancelOrder } = await shop.data(cancel, { input: { id } }, shop.customer);
    expect(cancelOrder.__typename).toBe('NotFound');
    expect(await askedOfLegacy()).toBe(asked);
  });

  test('the gateway and the mover are well, and say that everything is sealed', async () => {
    expect(await ready('GATEWAY_PORT')).toMatchObject({ status: 'ok' });
    const sealed = Object.fromEntries(
      MOVES.map(({ name }) => [name, expect.objectContaining({ stage: 'sealed', pending: 0 })]),
    );
    expect(await ready('MIGRATION_PORT')).toMatchObject({ status: 'ok', moves: sealed });
    expect((await moved('status')).match(/\bsealed\b/g)?.length).toBeGreaterThanOrEqual(
      MOVES.length,
    );
  });
});

describe('the monolith is removed', () => {
  test('by one command, which says first what would go', async () => {
    const plan = await moved('remove-monolith', '--dry-run');
    expect(plan).toContain('What would go:\n  subgraphs/legacy\n  migration\n');
    expect(plan).toContain('subgraphs/auth/schema.graphql: 19 @override');
    expect(await moved('remove-monolith')).toContain('npm run schema -- compose');
    expect((await checkout.run(['test', '-e', 'subgraphs/legacy'])).code).toBe(1);
  });

  test('what remains composes, starts on the same data, and answers every query as before', async () => {
    const last = await everyAnswer(gateway);
    for (const entry of ['subgraphs/legacy/monolith/main.ts', 'subgraphs/legacy/main.ts'])
      process.kill(await installation.pidOf(entry), 'SIGKILL');
    await installation.stop();
    await checkout.done(['node', 'schema/main.ts', 'compose']);
    await installation.start(checkout.root);
    expect(await everyAnswer(gateway)).toEqual(last);
    const { rows } = await installation.query(
      null,
      "select from pg_stat_activity where datname = 'legacy' or datname = 'control' and application_name <> 'registry'",
    );
    expect(rows).toEqual([]);
  });
});
