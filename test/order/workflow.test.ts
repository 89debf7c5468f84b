import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anonymousIdentity, type Identity, type Role } from '#platform/identity/identity.ts';
import { orderConfig } from '../../subgraphs/order/config.ts';
import { numberFrom, orderNumber } from '../../subgraphs/order/order-number.ts';
import { FAILPOINTS } from '../../subgraphs/order/saga/failpoint.ts';
import type { OrderStatus } from '../../subgraphs/order/schema.generated.ts';
import { orderStatus } from '../../subgraphs/order/tables.ts';
import { availableActions, WORKFLOW, workflowTable } from '../../subgraphs/order/workflow.ts';

const CUSTOMER = randomUUID();
const identity = (role: Role | null, userId: string | null): Identity => ({
  ...anonymousIdentity('test'),
  role,
  userId,
});

/** What a caller may do in each status: for the customer, for staff, for a member of staff who is the customer. */
const ACTIONS: Record<OrderStatus, [customer: string, staff: string, both: string]> = {
  PLACED: ['CANCEL', 'CONFIRM CANCEL', 'CONFIRM CANCEL'],
  CONFIRMED: ['PAY CANCEL', 'CANCEL', 'PAY CANCEL'],
  PAID: ['CANCEL', 'SHIP CANCEL', 'SHIP CANCEL'],
  SHIPPED: ['', 'DELIVER', 'DELIVER'],
  DELIVERED: ['RETURN', 'RETURN', 'RETURN'],
  CANCELLED: ['', '', ''],
  RETURNED: ['', '', ''],
};

describe('the workflow', () => {
  test('stands in the README as it is in the code', () => {
    const readme = readFileSync(
      join(import.meta.dirname, '../../subgraphs/order/README.md'),
      'utf8',
    );
    const cells = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells(readme)).toEqual(cells(workflowTable()));
  });

  test.each(orderStatus.enumValues)(
    'tells each caller what can be done with an order that is %s',
    (status) => {
      const actions = (role: Role | null, userId: string | null) =>
        availableActions(identity(role, userId), status, CUSTOMER).join(' ');
      const [customer, staff, both] = ACTIONS[status];
      expect(actions('customer', CUSTOMER)).toBe(customer);
      for (const role of ['staff', 'admin', 'service'] as const) {
        expect(actions(role, role === 'service' ? null : randomUUID())).toBe(staff);
      }
      expect(actions('staff', CUSTOMER)).toBe(both);
      expect(actions('customer', randomUUID())).toBe('');
      expect(actions(null, null)).toBe('');
    },
  );

  test('undoes every effect that can be left behind without its order', () => {
    const undone = Object.entries(WORKFLOW).flatMap(([step, { effects, undo }]) =>
      effects.map((effect) => [step, effect, undo.join()]),
    );
    expect(undone).toEqual([
      ['PLACE', 'PRICE', 'RELEASE'],
      ['PLACE', 'RESERVE', 'RELEASE'],
      ['PAY', 'CHARGE', 'REFUND'],
      ['SHIP', 'COMMIT', 'TAKE_BACK'],
      // Giving back is never undone: it is done again until it has succeeded.
      ['CANCEL', 'RELEASE', ''],
      ['CANCEL', 'REFUND', ''],
      ['RETURN', 'TAKE_BACK', ''],
      ['RETURN', 'REFUND', ''],
    ]);
  });
});

describe('the number of an order', () => {
  test('is written with six digits or more, and read back in whatever case', () => {
    for (const number of [1, 123, 999_999, 1_000_000, 123_456_789]) {
      expect(numberFrom(` ${orderNumber(number).toLowerCase()} `)).toBe(number);
    }
    expect(orderNumber(123)).toBe('SO-000123');
    for (const text of ['', 'SO-1', '123456', 'SO-', 'SO-12345x', `SO-${'9'.repeat(16)}`]) {
      expect(numberFrom(text)).toBeNull();
    }
  });
});

describe('the configuration', () => {
  const environment = {
    DATABASE_URL: 'postgres://user@127.0.0.1/orders',
    IDENTITY_SECRET: 'i'.repeat(32),
  };

  test('names a failpoint before and after each thing that a step does', () => {
    expect(FAILPOINTS).toContain('place.reserve');
    expect(FAILPOINTS).toContain('place.reserve.done');
    expect(FAILPOINTS).toContain('pay.end');
    expect(FAILPOINTS).not.toContain('confirm.end');
    expect(orderConfig({ ...environment, ORDER_FAILPOINT: 'pay.charge' }).ORDER_FAILPOINT).toBe(
      'pay.charge',
    );
    expect(orderConfig(environment).ORDER_FAILPOINT).toBeUndefined();
  });

  test('refuses a failpoint that there is not, and every failpoint in production', () => {
    expect(() => orderConfig({ ...environment, ORDER_FAILPOINT: 'nowhere' })).toThrow(
      'ORDER_FAILPOINT is not valid',
    );
    const production = { ...environment, NODE_ENV: 'production' };
    expect(() => orderConfig({ ...production, ORDER_FAILPOINT: 'place.end' })).toThrow(
      'in production no process kills itself',
    );
    expect(orderConfig(production).PORT).toBe(8014);
  });
});
