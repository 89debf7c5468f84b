import { expect, test } from 'vitest';
import { LOAD_OPERATIONS, type LoadOperation } from './graph.ts';
import { faultOf } from './judge.ts';
import type { LoadAnswer, LoadBody } from './load.ts';

const orders = LOAD_OPERATIONS.find(({ name }) => name === 'All') as LoadOperation;
const answer = (body: LoadBody, status = 200): LoadAnswer => ({
  replica: 0,
  operation: orders,
  subject: null,
  began: 0,
  ended: 1,
  key: '',
  status,
  body,
});
const from = (side: string, count: number) => Array.from({ length: count }, () => ({ side }));
const data = (a: string, b: string, me: unknown) => ({
  a: { side: a },
  b: from(b, 5),
  me: { orders: me },
});

test('an answer is whole only if all of it is there, from one side, and what lacks is said with a code', () => {
  const error = { message: 'away', path: ['me', 'orders', 0, 'side'] };
  const coded = { ...error, extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'legacy' } };
  const partial = data('order', 'order', [{ side: null }, ...from('order', 4)]);
  const cases: [LoadAnswer, string | null][] = [
    [answer({ data: data('order', 'order', from('order', 5)) }), null],
    [answer({ data: partial, errors: [coded] }), null],
    [answer({ data: partial }), 'null without an error at me.orders.0.side'],
    [answer({ data: partial, errors: [error] }), 'no code'],
    [answer({ data: data('order', 'legacy', from('order', 5)) }), 'torn'],
    [answer({ data: data('order', 'order', from('order', 4)) }), 'at me.orders'],
    [answer({ data: { ...data('order', 'order', from('order', 5)), more: 1 } }), 'more'],
    [answer({ errors: [{ message: 'reset' }] }, 0), 'status 0'],
  ];
  for (const [given, fault] of cases) {
    if (fault === null) expect(faultOf(given)).toBeNull();
    else expect(faultOf(given)).toContain(fault);
  }
});
