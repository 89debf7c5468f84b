import {
  bigint,
  customType,
  date,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

// What clients use, in the database `control`. Its migrations are made by
// drizzle-kit generate --dialect postgresql --schema schema/usage-collector/tables.ts --out schema/usage-collector/migrations.

const count = (name: string) => bigint(name, { mode: 'number' });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** An operation that was sent to a graph, without values. */
export const usageOperation = pgTable(
  'usage_operation',
  {
    graphRef: text('graph_ref').notNull(),
    /** SHA-256 of its name and its text, in hexadecimal digits. */
    signature: text('signature').notNull(),
    /** `-` where it has none. */
    name: text('name').notNull(),
    /** Without literals; null where it was too long to be kept, or could not be read. */
    body: text('body'),
    firstSeen: instant('first_seen').notNull(),
    lastSeen: instant('last_seen').notNull(),
  },
  (t) => [primaryKey({ columns: [t.graphRef, t.signature] })],
);

/** A field that an operation selects, as it was reported. */
export const usageField = pgTable(
  'usage_field',
  {
    graphRef: text('graph_ref').notNull(),
    signature: text('signature').notNull(),
    type: text('type').notNull(),
    field: text('field').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.graphRef, t.signature, t.type, t.field] }),
    foreignKey({
      name: 'usage_field_operation',
      columns: [t.graphRef, t.signature],
      foreignColumns: [usageOperation.graphRef, usageOperation.signature],
    }).onDelete('cascade'),
    index('usage_field_by_name').on(t.graphRef, t.type, t.field),
  ],
);

/** How often a version of a client sent an operation on a day of UTC. */
export const usageRequest = pgTable(
  'usage_request',
  {
    graphRef: text('graph_ref').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    signature: text('signature').notNull(),
    /** Empty where the client says none. */
    clientName: text('client_name').notNull(),
    clientVersion: text('client_version').notNull(),
    requests: count('requests').notNull(),
    errors: count('errors').notNull(),
    lastSeen: instant('last_seen').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.graphRef, t.day, t.signature, t.clientName, t.clientVersion] }),
    foreignKey({
      name: 'usage_request_operation',
      columns: [t.graphRef, t.signature],
      foreignColumns: [usageOperation.graphRef, usageOperation.signature],
    }).onDelete('cascade'),
    index('usage_request_by_operation').on(t.graphRef, t.signature),
  ],
);

/** All operations of a graph on a day, those included that have no row of their own. */
export const usageDay = pgTable(
  'usage_day',
  {
    graphRef: text('graph_ref').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    requests: count('requests').notNull(),
    /** Of these, those of which nobody knows the operation: there were too many different ones. */
    leftOut: count('left_out').notNull(),
    /** Rows that the day has added: requests, and operations and fields that were new. */
    rows: count('rows').notNull(),
  },
  (t) => [primaryKey({ columns: [t.graphRef, t.day] })],
);

/** A report that has been counted: the same bytes are not counted again. */
export const usageReport = pgTable(
  'usage_report',
  {
    /** SHA-256. */
    digest: bytes('digest').primaryKey(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [index('usage_report_received').on(t.receivedAt)],
);
