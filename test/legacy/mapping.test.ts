import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCursor, pageFrom } from '#platform/graph/connection.ts';
import { connection } from '../../subgraphs/legacy/mapping/connection.ts';
import { inputPath } from '../../subgraphs/legacy/mapping/input-paths.ts';
import { decimalAmount, minorUnits } from '../../subgraphs/legacy/mapping/money.ts';
import { instant } from '../../subgraphs/legacy/mapping/time.ts';
import * as words from '../../subgraphs/legacy/mapping/words.ts';

/** As the monolith writes times: the wall clock of Tokyo with its offset. */
const tokyo = (date: Date) =>
  `${new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(0, -1)}+09:00`;

describe('money', () => {
  test('an amount in minor units survives the way to the monolith and back', () => {
    const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
    fc.assert(
      fc.property(cents, (amount) => {
        expect(minorUnits(decimalAmount(amount))).toBe(amount);
      }),
    );
  });

  test('a decimal text survives the way into the graph and back', () => {
    const parts = fc.tuple(fc.nat(9_999_999_999), fc.nat(99));
    fc.assert(
      fc.property(parts, ([whole, fraction]) => {
        const text = `${whole}.${String(fraction).padStart(2, '0')}`;
        expect(decimalAmount(minorUnits(text))).toBe(text);
      }),
    );
  });

  test.each([
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['0.07', 7],
    ['0.5', 50],
    ['-0.05', -5],
    ['19.99', 1_999],
    // 1.15 * 100 is 114.99999999999999 as a floating-point number.
    ['1.15', 115],
    ['9999999999.99', 999_999_999_999],
  ])('%s dollars are %i cents', (text, cents) => {
    expect(minorUnits(text)).toBe(cents);
  });

  test('a text that is no amount is refused and not guessed at', () => {
    for (const text of [
      '',
      ' 1',
      '1.',
      '.5',
      '1.999',
      '1,5',
      '1e3',
      'NaN',
      '99999999999999999.00',
    ]) {
      expect(() => minorUnits(text)).toThrow(/amount/);
    }
  });
});

describe('times', () => {
  const dates = fc.date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('9998-12-31T00:00:00Z'),
    noInvalidDate: true,
  });

  test('a time of Tokyo is the instant that it was made from, to the millisecond', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(instant(tokyo(date))).toEqual(date);
      }),
    );
  });

  test('a time without an offset is refused, whatever the time zone of this machine', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(() => instant(date.toISOString().slice(0, -1))).toThrow(/as a time/);
      }),
    );
  });
});

describe('pages', () => {
  const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
  const rows = fc.array(fc.tuple(time, fc.uuid()), { maxLength: 20 });

  test('the cursor of every node leads back to its sort key', () => {
    fc.assert(
      fc.property(rows, fc.nat(100), fc.boolean(), (keys, more, has_more) => {
        const total = keys.length + more;
        const page = { limit: 20, after: null };
        const list = { items: keys.map(([, id]) => ({ id })), keys, total, has_more };
        const made = connection(page, list, 'orders', (row) => ({ ...row }));
        expect(made.nodes).toEqual(list.items);
        expect(made.totalCount).toBe(total);
        expect(made.pageInfo.hasNextPage).toBe(has_more);
        made.edges.forEach(({ cursor }, index) => {
          const { after } = pageFrom({ after: cursor }, 'orders', ['time', 'uuid']);
          expect(after).toEqual(keys[index]);
        });
        expect(made.pageInfo.endCursor).toBe(made.edges.at(-1)?.cursor ?? null);
      }),
    );
  });

  test('a cursor is the name of the order and the sort key, so that both sides make equal ones', () => {
    expect(encodeCursor('orders', [1, 'a'])).toBe(
      Buffer.from('["orders",1,"a"]').toString('base64url'),
    );
  });
});

describe('words', () => {
  const tables: [string, Record<string, string>][] = [
    ['ROLES', words.ROLES],
    ['ORDER_STATUSES', words.ORDER_STATUSES],
    ['MOVEMENT_KINDS', words.MOVEMENT_KINDS],
    ['RESERVATION_STATES', words.RESERVATION_STATES],
    ['REVIEW_STATES', words.REVIEW_STATES],
    ['PRODUCT_STATUSES', words.PRODUCT_STATUSES],
    ['PRODUCT_SORTS', words.PRODUCT_SORTS],
    ['REFRESH_REFUSALS', words.REFRESH_REFUSALS],
  ];

  test.each(tables)('%s translates one to one', (_name, table) => {
    for (const [theirs, ours] of Object.entries(table)) {
      expect(words.fromMonolith(table, theirs)).toBe(ours);
      expect(words.toMonolith(table, ours)).toBe(theirs);
    }
  });

  test('a word that nobody knows is refused', () => {
    expect(() => words.fromMonolith(words.ROLES, 'ROOT')).toThrow('unknown word ROOT');
    expect(() => words.fromMonolith(words.ROLES, 'toString')).toThrow('unknown word toString');
  });
});

describe('paths of refused fields', () => {
  test.each([
    ['items.0.qty', 'items.0.quantity'],
    ['items.12.product_id', 'items.12.productId'],
    ['ship_to.addr1', 'shippingAddress.line1'],
    ['ship_to.zip', 'shippingAddress.postalCode'],
    ['ship_to.state', 'shippingAddress.region'],
    ['ship_to.name', 'shippingAddress.name'],
    ['unit_price', 'price.amount'],
    ['currency', 'price.currency'],
    ['attrs', 'attributes'],
    ['attrs.3.0', 'attributes.3.name'],
    ['attrs.3.1', 'attributes.3.value'],
    ['tel', 'phone'],
    ['reason', 'reason'],
  ])('%s of the monolith is %s in the graph', (theirs, ours) => {
    expect(inputPath(theirs)).toBe(ours);
  });
});
