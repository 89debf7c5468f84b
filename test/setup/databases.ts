import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { ServiceDatabase } from '#platform/database/provision.ts';
import { clones } from './clones.ts';
import { TEMPLATES, type Template } from './templates.ts';

/** Any fixed number: test files that want the same template build it once. */
const TEMPLATE_LOCK = 7_243_003;

/**
 * Fresh databases for one test file, each a clone of the service's template: `legacy` is seeded, `auth` and
 * `product` are filled from it, all others are empty. They are dropped after the file.
 * The first call of a run builds the templates it needs, so call it in `beforeAll`.
 *
 * @returns the URL of each, as the role that owns it (no superuser, as in production)
 */
export async function cloneDatabases<Name extends ServiceDatabase>(
  names: readonly Name[],
): Promise<Record<Name, string>> {
  return withAdmin(async (admin) => {
    const urls = {} as Record<Name, string>;
    for (const name of names) {
      await buildTemplate(admin, name);
      urls[name] = await clone(admin, name);
    }
    return urls;
  });
}

/** A fresh, empty database that any role may own. @returns its URL, as superuser */
export async function createEmptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await withAdmin((admin) => admin.query(`create database ${name} template template0`));
  clones.push(name);
  return urlOf(inject('adminUrl'), name);
}

/** Drops what this test file cloned. */
export async function dropClones(): Promise<void> {
  await withAdmin(async (admin) => {
    for (const name of clones.splice(0)) await admin.query(`drop database ${name} with (force)`);
  });
}

async function withAdmin<T>(act: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: inject('adminUrl'), application_name: 'tests' });
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.end();
  }
}

/** Alone: a database that anybody is connected to cannot be cloned. */
async function buildTemplate(admin: Client, name: ServiceDatabase): Promise<void> {
  const template = TEMPLATES.find(({ fills }) => fills.includes(name));
  if (!template || (await isBuilt(admin, name))) return;
  for (const before of template.after) await buildTemplate(admin, before);
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (!(await isBuilt(admin, name))) await build(admin, template);
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function isBuilt(admin: Client, name: string): Promise<boolean> {
  const found = await admin.query('select from built_template where name = $1', [name]);
  return found.rowCount === 1;
}

async function build(admin: Client, template: Template): Promise<void> {
  await template.build(inject('templateUrls'));
  for (const name of template.fills) {
    await gatherStatistics(name);
    await admin.query('insert into built_template values ($1)', [name]);
  }
}

/** Autovacuum is off in tests: without statistics the planner would guess. */
async function gatherStatistics(name: ServiceDatabase): Promise<void> {
  const client = new Client({ connectionString: urlOf(inject('adminUrl'), name) });
  await client.connect();
  try {
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

async function clone(admin: Client, service: ServiceDatabase): Promise<string> {
  const name = `${service}_${randomUUID().replaceAll('-', '')}`;
  await admin.query('select pg_advisory_lock_shared($1)', [TEMPLATE_LOCK]);
  try {
    // Steadier than FILE_COPY, whose checkpoints make two workers wait for each other (750 ms against 1,100 under load).
    await admin.query(
      `create database ${name} template ${service} owner ${service} strategy wal_log`,
    );
  } finally {
    await admin.query('select pg_advisory_unlock_shared($1)', [TEMPLATE_LOCK]);
  }
  await admin.query(`revoke connect, temporary on database ${name} from public`);
  clones.push(name);
  return urlOf(inject('templateUrls')[service], name);
}

function urlOf(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}
