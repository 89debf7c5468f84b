import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';
import { order, orderEvent } from '../../subgraphs/order/tables.ts';
import type { Check } from './kit/canonical.ts';
import { milliseconds, storedInstant, tokyoTime } from './kit/codecs.ts';
import { asItIs, literal, type Field, type Fields } from './kit/field.ts';
import { storedTable } from './kit/stored-table.ts';

// What has happened to an order: a column of it per status in the monolith, a row per status in the domain. In the
// canonical form it is a time per status, and the one reason that the monolith has room for.

const noTime = tokyoTime(salesOrders.orderedAt).problem as SQL;

/** When an order reached a status. In the domain it comes from the pivot of its events. */
function reached(status: string, column: PgColumn): Field {
  const at = sql`history.${sql.identifier(status.toLowerCase())}`;
  return {
    type: 'bigint',
    legacy: tokyoTime(column),
    new: {
      where: `order_event.at (${status})`,
      given: at,
      value: milliseconds(at),
      problem: noTime,
      stored: storedInstant,
    },
  };
}

const LATER = {
  confirmedAt: ['CONFIRMED', salesOrders.confirmedAt],
  paidAt: ['PAID', salesOrders.paidAt],
  shippedAt: ['SHIPPED', salesOrders.shippedAt],
  deliveredAt: ['DELIVERED', salesOrders.deliveredAt],
  cancelledAt: ['CANCELLED', salesOrders.cancelledAt],
  returnedAt: ['RETURNED', salesOrders.returnedAt],
} as const;

/** The statuses whose note is the monolith's one reason for closing an order. */
const isClosed = sql`status in ('CANCELLED', 'RETURNED')`;

/** One row per order: a time per status, and what its notes are. */
export const historyJoin = sql`cross join lateral (select
  ${sql.join(
    ['PLACED', ...Object.values(LATER).map(([status]) => status)].map(
      (status) =>
        sql`max(at) filter (where status = ${literal(status)}) as ${sql.identifier(status.toLowerCase())}`,
    ),
    sql`, `,
  )},
  max(note) filter (where ${isClosed}) as reason,
  min(coalesce('=' || note, '')) filter (where ${isClosed}) as one_reason,
  max(coalesce('=' || note, '')) filter (where ${isClosed}) as other_reason,
  count(note) filter (where not (${isClosed})) as misplaced
  from ${orderEvent} where ${orderEvent.orderId} = ${order.id}) history`;

/** Why an order was cancelled or returned: a note of those events in the domain. */
const closeReason: Field = {
  type: 'text',
  legacy: {
    ...asItIs(salesOrders.closeReason),
    value: sql`case when num_nonnulls(${salesOrders.cancelledAt}, ${salesOrders.returnedAt}) > 0
      then ${salesOrders.closeReason} end`,
    problem: sql`'the order was neither cancelled nor returned: set cancelled_at or returned_at, or remove the reason'`,
  },
  new: {
    where: 'order_event.note',
    given: sql`history.reason`,
    value: sql`history.reason`,
    stored: (canonical) => canonical,
  },
};

export const historyChecks: readonly Check[] = [
  {
    member: 'placedAt',
    where: 'order.placed_at',
    isWrong: sql`history.placed is distinct from ${order.placedAt}`,
    problem: sql`'its history says another time, or none, and the monolith has room for one: mend order_event'`,
  },
  {
    member: 'closeReason',
    where: 'order_event.note',
    isWrong: sql`history.misplaced > 0 or history.one_reason <> history.other_reason`,
    problem: sql`'the monolith keeps one note, of why an order was cancelled or returned: mend order_event.note'`,
  },
];

const times = [
  sql`('PLACED', v."placedAt", null::text)`,
  ...Object.entries(LATER).map(([name, [status]]) => {
    const note = status === 'CANCELLED' || status === 'RETURNED' ? sql`v."closeReason"` : sql`null`;
    return sql`(${literal(status)}, v.${sql.identifier(name)}, ${note})`;
  }),
];
const record = [...Object.keys(LATER), 'placedAt'].map(
  (name) => sql`${sql.identifier(name)} bigint`,
);

/** The rows of the domain, made of the times and the reason. */
export const events = storedTable({
  table: orderEvent,
  key: [orderEvent.orderId, orderEvent.status],
  aggregate: orderEvent.orderId,
  rows: sql`(select event.* from jsonb_to_record(i.canonical) as v(${sql.join(record, sql`, `)}, "closeReason" text),
    lateral (values ${sql.join(times, sql`, `)}) as event(status, at, note) where event.at is not null) v`,
  columns: [
    { column: orderEvent.orderId, value: sql`i.id` },
    { column: orderEvent.status, value: sql`v.status::order_status` },
    { column: orderEvent.at, value: storedInstant(sql`v.at`) },
    { column: orderEvent.note, value: sql`v.note` },
  ],
  unique: [],
});

/** Times and reason, as fields of an order. */
export const historyFields: Fields = {
  ...Object.fromEntries(
    Object.entries(LATER).map(([name, [status, column]]) => [name, reached(status, column)]),
  ),
  closeReason,
};
