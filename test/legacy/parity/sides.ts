import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Stack } from '../../stack.ts';
import { CREATE, CREATE_CATEGORY } from '../../behaviour/catalogue.ts';
import { PASSWORD, REGISTER, type Session } from '../../behaviour/auth-operations.ts';

/** Who asks. `own` is an account that was registered on this side alone. */
export type Asker = 'nobody' | 'own' | 'customer' | 'staff' | 'admin';

/** One side of all moves. */
export interface Side {
  /** Sends one operation. @returns the whole answer; what must differ between sides has been replaced */
  ask(query: string, variables: Record<string, unknown>, asker?: Asker): Promise<unknown>;
  /** The same, as it came. */
  askRaw(query: string, variables: Record<string, unknown>, asker?: Asker): Promise<Answer>;
  /** Lets somebody ask. */
  admit(asker: Asker, accessToken: string): void;
}

/** A side with an account and a part of the catalogue that have ids of its own. */
export interface ParitySide extends Side {
  readonly own: Session;
  readonly productId: string;
  readonly categoryId: string;
}

// Tests read answers of every shape; what they expect is in the expectation beside them.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any;

/** The ids that both sides know by the same name, as they were seeded. */
export interface Seeded {
  readonly products: readonly { readonly id: string; readonly sku: string }[];
  readonly categories: readonly { readonly id: string; readonly slug: string }[];
  readonly users: readonly { readonly id: string }[];
}

/** An id that nothing has. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

export async function readSeeded(stack: Stack): Promise<Seeded> {
  const client = new pg.Client({ connectionString: stack.databases.legacy });
  await client.connect();
  const rows = async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows;
  const seeded = {
    products: await rows<Seeded['products'][number]>(
      'select product_id as id, sku from products order by sku',
    ),
    categories: await rows<Seeded['categories'][number]>(
      'select category_id as id, slug from categories order by slug',
    ),
    users: await rows<Seeded['users'][number]>('select user_id as id from app_users order by 1'),
  };
  await client.end();
  return seeded;
}

/** Opens a side. @param labels those of every move, or none */
export async function openSide(
  stack: Stack,
  labels: readonly string[],
  seeded: Seeded,
): Promise<Side> {
  const tokens = new Map<Asker, string>();
  // Tokens of either side are good on both; the accounts behind them are the same.
  for (const name of ['customer', 'staff', 'admin'] as const)
    tokens.set(name, await stack.login(`${name}@example.com`, { labels: [] }));
  const comparable = replacer(seeded);
  const askRaw: Side['askRaw'] = async (query, variables, asker = 'nobody') => {
    const token = tokens.get(asker);
    // Each request comes from an address of its own, so that no limit of one case is met by another.
    const headers = { 'x-forwarded-for': randomUUID() };
    const options = { labels, headers, ...(token === undefined ? {} : { token }) };
    return (await stack.graphql(query, variables, options)).body;
  };
  return {
    ask: async (query, variables, asker) => comparable(await askRaw(query, variables, asker)),
    askRaw,
    admit: (asker, accessToken) => tokens.set(asker, accessToken),
  };
}

/** Gives a side an account, a category and a product of its own. */
export async function withOwn(side: Side): Promise<ParitySide> {
  const made = async (query: string, input: Record<string, unknown>) => {
    const { data, errors } = await side.askRaw(query, { input }, 'staff');
    if (!data) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0] as Answer;
  };
  const account = { email: 'own@parity.example', password: PASSWORD, displayName: 'Own' };
  const own: Session = await made(REGISTER, account);
  side.admit('own', own.accessToken);
  const { category } = await made(CREATE_CATEGORY, { name: 'Own', slug: 'own' });
  const lamp = { sku: 'OWN-1', name: 'Own lamp', price: { amount: 1_999 } };
  const { product } = await made(CREATE, lamp);
  return { ...side, own, productId: product.id, categoryId: category.id };
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Replaces ids that a side has made, tokens, times since now and seconds to wait: they must differ. */
function replacer({ products, categories, users }: Seeded): (value: unknown) => unknown {
  const began = Date.now() - 60_000;
  const known = new Set([
    UNKNOWN_ID,
    ...[...products, ...categories, ...users].map(({ id }) => id),
  ]);
  const text = (given: string, key: string): string => {
    if (/token$/i.test(key)) return '<token>';
    if (/cursor$/i.test(key)) return text(Buffer.from(given, 'base64url').toString(), '');
    if (TIME.test(given) && Date.parse(given) > began) return '<now>';
    return given
      .replaceAll(UUID, (id) => (known.has(id) ? id : '<id>'))
      .replaceAll(/wait \d+ seconds/g, 'wait <n> seconds');
  };
  const replaced = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return text(value, key);
    if (key === 'retryAfterSeconds') return '<n>';
    if (Array.isArray(value)) return value.map((item) => replaced(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name, replaced(of, name)]),
    );
  };
  return replaced;
}
