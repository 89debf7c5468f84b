import { timestamp } from 'drizzle-orm/pg-core';

/** A column for an instant, to the millisecond, which is as fine as a client is told. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
