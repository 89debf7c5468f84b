import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type Stack } from '../../stack.ts';
import {
  CHANGE_PASSWORD,
  LOGOUT_EVERYWHERE,
  ME,
  PASSWORD,
  UPDATE_PROFILE,
} from '../../behaviour/auth-operations.ts';
import { LIST, SORTS } from '../../behaviour/catalogue.ts';
import { authReads, authWrites, profileWrites, sessionWrites } from './accounts.ts';
import type { ParityCase } from './cases.ts';
import { catalogueReads, categoryWrites, productWrites } from './catalogue.ts';
import { openSide, readSeeded, withOwn, type ParitySide, type Seeded } from './sides.ts';
import { SEARCHES } from './texts.ts';

let stack: Stack;
let seeded: Seeded;
let monolith: ParitySide;
let subgraphs: ParitySide;

beforeAll(async () => {
  stack = await startStack({ TRUST_PROXY: 'true' });
  seeded = await readSeeded(stack);
  const nothing = { own: undefined as never, productId: '', categoryId: '' };
  monolith = { ...(await openSide(stack, [], seeded)), ...nothing };
  subgraphs = { ...(await openSide(stack, ['auth', 'product'], seeded)), ...nothing };
});
afterAll(() => stack?.close());

// Reads come first: what is written gets ids of its own on each side, and ids decide between equals in lists.
describe.each([
  ['reading accounts', authReads],
  ['reading the catalogue', catalogueReads],
])('both sides answer alike: %s', (_what, cases) => {
  compare(cases);
});

describe('both sides list the same products', () => {
  const amount = fc.option(
    fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 2_147_483_647 })),
  );
  const word = fc.constantFrom('steel', 'red', 'headphone', 'chair', '-black', 'or', '"', 'pro');
  const search = fc.oneof(
    fc.constantFrom(...SEARCHES),
    fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const list = fc.record({
    filter: fc.record(
      {
        search: fc.option(search),
        category: fc.option(fc.nat()),
        minPrice: amount,
        maxPrice: amount,
        status: fc.constantFrom('ACTIVE', 'ARCHIVED', null),
      },
      { requiredKeys: [] },
    ),
    sort: fc.constantFrom(...SORTS, null),
    first: fc.integer({ min: 1, max: 40 }),
    asker: fc.constantFrom('nobody' as const, 'customer' as const, 'staff' as const),
  });

  test('whatever is asked for, page after page', async () => {
    await fc.assert(
      fc.asyncProperty(list, async ({ filter: { category, ...filter }, sort, first, asker }) => {
        const { id } = seeded.categories[(category ?? 0) % seeded.categories.length] ?? {};
        const conditions = { ...filter, ...(category == null ? {} : { categoryId: id }) };
        let after: string | null = null;
        for (let page = 0; page < 3; page++) {
          const variables: Record<string, unknown> = { filter: conditions, sort, first, after };
          const [one, other]: Awaited<ReturnType<ParitySide['askRaw']>>[] = await Promise.all([
            monolith.askRaw(LIST, variables, asker),
            subgraphs.askRaw(LIST, variables, asker),
          ]);
          expect(other).toEqual(one);
          // Each side goes on from the other's cursors as well.
          after = (page === 0 ? one : other).data?.products?.pageInfo.endCursor ?? null;
          if (after === null) return;
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('both sides answer alike: changing', () => {
  beforeAll(async () => {
    [monolith, subgraphs] = await Promise.all([withOwn(monolith), withOwn(subgraphs)]);
  });
  describe.each([
    ['accounts', authWrites],
    ['profiles', profileWrites],
    ['sessions', sessionWrites],
    ['products', productWrites],
    ['categories', categoryWrites],
  ])('%s', (_what, cases) => {
    compare(cases);
  });

  test.each([
    ['me', ME, {}],
    ['my profile', UPDATE_PROFILE, { input: { displayName: 'X' } }],
    ['nothing of my profile', UPDATE_PROFILE, { input: {} }],
    ['my password', CHANGE_PASSWORD, { input: { currentPassword: 'x', newPassword: PASSWORD } }],
    ['my sessions', LOGOUT_EVERYWHERE, { input: {} }],
  ])('%s, where my account does not exist', async (_what, query, variables) => {
    monolith.admit('own', subgraphs.own.accessToken);
    subgraphs.admit('own', monolith.own.accessToken);
    const [one, other] = await answers((side) => side.ask(query, variables, 'own'));
    expect(other).toEqual(one);
    expect(JSON.stringify(one)).not.toMatch(FAULT);
  });
});

// The names of cases must be known before anything has been seeded; their number does not depend on it.
function compare(cases: (seeded: Seeded) => ParityCase[]): void {
  const names = cases({ products: [], categories: [], users: [] }).map(([name]) => name);
  let filled: ParityCase[] | undefined;
  test.each(names.map((name, index) => [name, index] as const))('%s', async (_name, index) => {
    filled ??= cases(seeded);
    const [, ask] = filled[index] as ParityCase;
    const [one, other] = await answers(ask);
    expect(other).toEqual(one);
    expect(JSON.stringify(one)).not.toMatch(FAULT);
  });
}

/** The answers of both sides, asked at once. */
const answers = (ask: ParityCase[1]) => Promise.all([ask(monolith), ask(subgraphs)]);

/** What no input may cause, however odd it is. */
const FAULT = /INTERNAL_SERVER_ERROR|UPSTREAM_|SUBGRAPH_/;
