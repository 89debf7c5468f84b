import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { drawPorts, endPostgres, startRun, type Run } from '../setup/start-run.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

// The real processes of the real command, in the order of a person's first day: start, try what is printed,
// lose a process, stop, start with flags, stop, start without.
const START = [process.execPath, 'platform/start/main.ts'] as const;
// Starting takes seconds, and more on a machine that does something else as well.
vi.setConfig({ testTimeout: 90_000 });
let data: string;
let ports: Record<string, string>;
let run: Run;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'npm-start-'));
  await chmod(data, 0o755);
  ports = await drawPorts();
});
afterAll(async () => {
  run?.child.kill('SIGTERM');
  await run?.ended();
  await endPostgres(data);
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

async function start(flags: Record<string, string> = {}): Promise<void> {
  const settings = { ...ports, DATA_DIRECTORY: data, SEED_SCALE: '0.05', ...flags };
  run = startRun(process.cwd(), settings, START);
  await run.prints('Ctrl-C ends everything');
}

async function stop(): Promise<void> {
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
}

async function graphql(query: string, token?: string) {
  const response = await fetch(`http://127.0.0.1:${ports.GATEWAY_PORT}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  return (await response.json()) as { data?: any; errors?: { extensions: { code: string } }[] };
}

/** The curl commands that the welcome prints, as a person would paste them. */
const printedCommands = () =>
  run
    .output()
    .split('\n')
    .filter((line) => line.trim().startsWith('curl '));

async function paste(command: string, TOKEN = '') {
  const env = { ...basicEnvironment(), TOKEN };
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
  return JSON.parse(stdout) as { data: Record<string, unknown>; errors?: unknown };
}

/** The process of a server, found as a child of `npm start`. */
async function pidOf(entry: string): Promise<number> {
  const children = await readFile(`/proc/${run.child.pid}/task/${run.child.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(entry)) return Number(pid);
  }
  throw new Error(`no process runs ${entry}`);
}

const register = (email: string) => `mutation { register(input: { email: "${email}",
  password: "first-password", displayName: "New" }) { __typename ... on AuthSession { accessToken } } }`;
// #region monolith
const login = (email: string) => `mutation { login(input: { email: "${email}",
  password: "first-password" }) { __typename ... on AuthSession { accessToken } } }`;
// #endregion monolith

describe('npm start', () => {
  test('is ready, says where, and the three operations that it prints can be pasted', async () => {
    await start();
    const [products, session, all] = printedCommands();
    expect(await paste(products ?? '')).toMatchObject({
      data: { products: { nodes: expect.any(Array) } },
    });
    await paste(session ?? '');
    // Pasted once more it lets in as well, where it has made the account itself.
    const { data: answer } = await paste(session ?? '');
    const { accessToken } = answer.login as { accessToken: string };
    const whole = await paste(all ?? '', accessToken);
    expect(whole.errors).toBeUndefined();
    expect(whole.data.me).toMatchObject({
      displayName: expect.any(String),
      orders: { nodes: expect.any(Array) },
      resumes: { nodes: expect.any(Array) },
    });
    // #region monolith
    expect(whole.data.me).toMatchObject({ orders: { nodes: [{}, {}] }, resumes: { nodes: [{}] } });
    // #endregion monolith
  });

  // #region monolith
  test('a SIGKILLed monolith is said aloud and comes back by itself', async () => {
    process.kill(await pidOf('monolith/main.ts'), 'SIGKILL');
    const broken = await graphql('{ products(first: 1) { nodes { sku } } }');
    expect(broken).toMatchObject({
      data: { products: null },
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
    });
    await expect
      .poll(async () => (await graphql('{ products(first: 1) { nodes { sku } } }')).errors, {
        timeout: 20_000,
      })
      .toBeUndefined();
    expect(run.output()).toMatch(/monolith.*(ended|SIGKILL)/);
  });
  // #endregion monolith

  test('with flags the new side answers, and a SIGKILLed subgraph takes only its own fields along', async () => {
    await stop();
    await start({ USE_NEW_AUTH: 'true', USE_NEW_PRODUCT: 'true' });
    const { __typename, accessToken } = (await graphql(register('new-side@example.com'))).data
      .register;
    expect(__typename).toBe('AuthSession');
    const query = '{ categories { name } me { displayName } }';
    expect((await graphql(query, accessToken)).errors).toBeUndefined();
    process.kill(await pidOf('subgraphs/product/main.ts'), 'SIGKILL');
    const partial = await graphql(query, accessToken);
    expect(partial.data).toMatchObject({
      categories: null,
      me: { displayName: 'New' },
    });
    expect(partial.errors?.map((error) => error.extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await expect
      .poll(async () => (await graphql(query, accessToken)).errors, { timeout: 20_000 })
      .toBeUndefined();
    await stop();
  });

  // #region monolith
  test('after a restart with the same flags, the monolith knows the accounts of the new side', async () => {
    await start({ USE_NEW_AUTH: 'true', USE_NEW_PRODUCT: 'true' });
    const { accessToken } = (await graphql(login('new-side@example.com'))).data.login;
    const { nodes } = (await graphql('{ products(first: 50) { nodes { id stock } } }')).data
      .products;
    const inStock = nodes.find((product: { stock: number }) => product.stock > 0);
    const place = `mutation { placeOrder(input: { idempotencyKey: "first-order", items: [{ productId: "${inStock.id}",
      quantity: 1 }], shippingAddress: { name: "N", line1: "L", city: "C", postalCode: "P", country: "JP" } }) {
      __typename ... on OrderPayload { order { status customer { displayName } } } } }`;
    expect((await graphql(place, accessToken)).data.placeOrder).toEqual({
      __typename: 'OrderPayload',
      order: { status: 'PLACED', customer: { displayName: 'New' } },
    });
    await stop();
  });

  test('without the flags the monolith answers again, with what was written meanwhile', async () => {
    await start();
    const { login: session } = (await graphql(login('new-side@example.com'))).data;
    expect(session.__typename).toBe('AuthSession');
    expect(
      JSON.parse(Buffer.from(session.accessToken.split('.')[0], 'base64url').toString()).alg,
    ).toBe('HS256');
    await stop();
  });
  // #endregion monolith
});
