import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import { DESTINATIONS } from '../../migration/destinations.ts';
import { same } from '../../migration/moves/kit/field.ts';
import { columnsOf } from '../../migration/moves/kit/list-of-rows.ts';
import { storedTable } from '../../migration/moves/kit/stored-table.ts';
import { account } from '../../subgraphs/auth/tables.ts';
import { appUsers } from '../../subgraphs/legacy/monolith/tables.ts';
import { openEmpty } from './mapped-rows.ts';

describe('the kit', () => {
  test('lets no column be forgotten', () => {
    const fields = { email: same(appUsers.email, account.email) };
    expect(() =>
      storedTable({
        table: account,
        key: [account.id],
        aggregate: account.id,
        rows: sql`v`,
        columns: columnsOf(fields, 'new'),
        unique: [],
      }),
    ).toThrow(
      'the mapping of account says nothing of: id, password_hash, display_name, role, phone, locale, created_at, updated_at, deleted_at',
    );
  });

  test('asks for a rule where the columns of both sides have different types', () => {
    expect(() => same(appUsers.fullName, account.email)).toThrow(
      'app_users.full_name is varchar(100), and account.email is varchar(254)',
    );
  });
});

describe('what is captured', () => {
  const domains = ['auth', 'product', 'inventory', 'order', 'resume-review'];
  let databases: Map<string, Database>;
  beforeAll(async () => {
    const opened = ['legacy/monolith', ...domains].map(
      async (service) => [service, await openEmpty(service)] as const,
    );
    databases = new Map(await Promise.all(opened));
  });
  afterAll(async () => {
    for (const database of databases?.values() ?? []) await database.close();
  });

  const tables = DESTINATIONS.flatMap(({ mapping, migrations }) =>
    mapping.kinds.flatMap((kind) =>
      (['legacy', 'new'] as const).flatMap((side: Side) =>
        kind.sides[side].captured.map((captured) => ({
          what: `${kind.name} on the ${side} side`,
          service: side === 'legacy' ? 'legacy/monolith' : (migrations.split('/')[1] as string),
          captured,
        })),
      ),
    ),
  );

  test.each(tables)(
    '$what: its aggregate, key and reader are SQL over a row',
    async ({ service, captured }) => {
      const { table, aggregate, key, reader, takesAlong } = captured;
      const pieces = [
        `(${aggregate})::uuid`,
        `(${key ?? 'null'})::text`,
        `(${reader ?? 'null'})::text`,
      ];
      const along = takesAlong ? [`array(${takesAlong.ids})::uuid[]`] : [];
      const { db } = databases.get(service) as Database;
      const { rows } = await db.execute(
        sql`select ${sql.raw([...pieces, ...along].join(', '))} from ${table} r`,
      );
      expect(rows).toEqual([]);
    },
  );
});
