import type { LoadAnswer, LoadError } from './load.ts';

/** The sides that an answer came from. */
export function sidesOf(data: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(data)) {
    for (const item of data) sidesOf(item, found);
  } else if (typeof data === 'object' && data !== null) {
    for (const [name, value] of Object.entries(data)) {
      if (name === 'side' && typeof value === 'string') found.add(value);
      else sidesOf(value, found);
    }
  }
  return found;
}

const order = (id: string) => ({
  id,
  side: 'any',
  items: [1, 2, 3].map((number) => ({ side: 'any', sku: `${id}-${number}` })),
  parcel: `parcel of ${id}`,
});
const orders = ['1', '2', '3', '4', '5'].map(order);
const side = { side: 'any' };
const five = Array.from({ length: 5 }, () => side);
const news = ['one', 'two'];

/** The right answers, whichever side they come from. */
const RIGHT: Readonly<Record<string, unknown>> = {
  OrderPage: { order: order('1') },
  Orders: {
    orders: orders.map(({ id }) => ({ id, side: 'any', items: [side, side, side] })),
    news,
  },
  Home: { me: { id: 'p1', name: 'Ada', orders }, news },
  News: { news, me: { name: 'Ada' } },
  All: { a: side, b: five, me: { orders: five } },
  Place: { placeOrder: order('placed') },
};

/**
 * What is wrong with an answer, apart from the side that it came from: null where it is whole, or where all that it
 * lacks is said by errors with a code.
 */
export function faultOf({ operation, body, status }: LoadAnswer): string | null {
  const { data, errors = [] } = body;
  if (status !== 200) return `status ${status}: ${JSON.stringify(body)}`;
  const uncoded = errors.find(({ extensions }) => extensions?.code === undefined);
  if (uncoded) return `no code: ${JSON.stringify(uncoded)}`;
  if (sidesOf(data).size > 1) return `torn: ${JSON.stringify(data)}`;
  return differenceOf(RIGHT[operation.name], data, errors, []);
}

function differenceOf(
  right: unknown,
  actual: unknown,
  errors: readonly LoadError[],
  path: readonly (string | number)[],
): string | null {
  if (actual === null && right !== null) {
    const isExplained = errors.some((error) => path.every((key, at) => error.path?.[at] === key));
    return isExplained ? null : `null without an error at ${path.join('.')}`;
  }
  if (typeof right !== 'object' || right === null) {
    const isAnySide = right === 'any' && typeof actual === 'string';
    return isAnySide || right === actual ? null : `${JSON.stringify(actual)} at ${path.join('.')}`;
  }
  const names = Object.keys(right);
  if (typeof actual !== 'object' || Object.keys(actual as object).join() !== names.join()) {
    return `${JSON.stringify(actual)} at ${path.join('.')}`;
  }
  for (const name of names) {
    const key = Array.isArray(right) ? Number(name) : name;
    const difference = differenceOf(
      (right as Record<string, unknown>)[name],
      (actual as Record<string, unknown>)[name],
      errors,
      [...path, key],
    );
    if (difference !== null) return difference;
  }
  return null;
}
