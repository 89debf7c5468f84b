import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_JOBS } from '../../../schema/registry/judging/judge.ts';
import { REVIEWS, startShopRegistry, type ShopRegistry } from './shop-registry.ts';

// Schemas that are judged wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shop: ShopRegistry;
/** Lets the judge go on. */
let release = (): void => {};
const held = new Promise<void>((resolve) => (release = resolve));
beforeAll(async () => {
  shop = await startShopRegistry(
    { catalogue: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:2/graphql' },
    {},
    [
      () => ({
        async recordedUsage() {
          await held;
          // Whether they pass is of no matter here.
          throw new Error('the end of these tests');
        },
      }),
    ],
  );
});
afterAll(async () => {
  release();
  await shop.close();
});

interface Answer {
  readonly data?: {
    graph?: { variant?: { submitSubgraphCheckAsync?: { workflowID: string } } };
  };
  readonly errors?: readonly { message: string; extensions?: { code: string } }[];
}

async function ask(query: string, variables: object = {}, key?: string): Promise<Answer> {
  const response = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { 'x-api-key': key } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const CHECK = `mutation Check($input: SubgraphCheckAsyncInput!) {
  graph(id: "shop") {
    variant(name: "current") {
      submitSubgraphCheckAsync(input: $input) { ... on CheckRequestSuccess { workflowID } }
    }
  }
}`;

const check = (sdl: string) =>
  ask(CHECK, { input: { subgraphName: 'reviews', proposedSchema: sdl } }, shop.keys.check);
const idOf = ({ data }: Answer) => data?.graph?.variant?.submitSubgraphCheckAsync?.workflowID ?? '';
const reportOf = async (id: string) => (await fetch(`${shop.url}/checks/${id}`)).text();
const agedBy = (column: string, minutes: number, id: string) =>
  shop.database.pool.query(
    `update registry_check set ${column} = ${column} - interval '${minutes} minutes' where id = $1`,
    [id],
  );

describe('checks that wait for one another', () => {
  let ids: readonly string[];
  beforeAll(async () => {
    const answers = [];
    for (let asked = 0; asked < MOST_JOBS; asked++) answers.push(await check(REVIEWS));
    ids = answers.map(idOf);
  });

  test('are taken up to a number, and one more is told to come again', async () => {
    expect(ids.every((id) => id !== '')).toBe(true);
    expect(await check(REVIEWS)).toMatchObject({
      errors: [
        {
          message: `The registry has ${MOST_JOBS} schemas to judge already: try again in some minutes.`,
          extensions: { code: 'BUSY' },
        },
      ],
    });
  });

  test('have not ended because they waited long; one whose judge has died has', async () => {
    const [first = '', , waiting = ''] = ids;
    await agedBy('created_at', 60, first);
    await agedBy('created_at', 60, waiting);
    await expect.poll(() => reportOf(first)).toContain('It is being checked.');
    expect(await reportOf(waiting)).toContain('It waits for its turn to be checked.');
    await agedBy('begun_at', 6, first);
    await agedBy('created_at', 24 * 60, waiting);
    for (const id of [first, waiting]) {
      expect(await reportOf(id)).toContain('The registry was stopped while it checked');
    }
  });
});

test('a document that no caller has need of is not read', async () => {
  const fields = Array.from({ length: 3_000 }, (_, index) => `a${index}: __typename`).join(' ');
  const { errors } = await ask(`{ ${fields} }`);
  expect(errors?.[0]?.message).toMatch(/^Syntax Error: Document contains more that \d+ tokens/);
});

describe('a large request', () => {
  /** Announces a body of 19 MiB, and sends its beginning only. */
  function begin(headers: Readonly<Record<string, string>>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const sent = request(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      json(response).then((answer) => resolve(answer as Answer), reject);
    });
    sent.write('{"query":"{ __typename }"');
    return promise.finally(() => sent.destroy());
  }
  const length = String(19 * 1024 * 1024);

  test('without a key, or with an unknown one, is refused before it has come', async () => {
    const requests: Record<string, string>[] = [
      { 'content-length': length },
      { 'content-length': length, 'x-api-key': 'service:shop:nobody' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of requests) {
      const { errors } = await begin(headers);
      expect(errors).toMatchObject([{ extensions: { code: 'AUTHENTICATION_FAILED' } }]);
      expect(errors?.[0]?.message).toContain('APOLLO_KEY');
    }
  });

  test('of a known key is read', async () => {
    const padding = 'x'.repeat(200_000);
    expect(await ask('{ __typename }', { padding })).toHaveProperty('errors');
    expect(await ask('{ __typename }', { padding }, shop.keys.read)).toEqual({
      data: { __typename: 'Query' },
    });
  });
});
