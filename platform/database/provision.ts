import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** Every service that owns a database, and the extensions that its tables need. */
const SERVICE_EXTENSIONS = {
  // #region monolith
  legacy: ['pg_trgm'],
  // #endregion monolith
  auth: [],
  product: ['pg_trgm'],
  inventory: [],
  orders: [],
  resume_review: [],
  control: [],
} as const satisfies Record<string, readonly string[]>;

/** The name of a service's database, and of the role that owns it. */
export type ServiceDatabase = keyof typeof SERVICE_EXTENSIONS;

export const SERVICE_DATABASES = Object.keys(SERVICE_EXTENSIONS) as readonly ServiceDatabase[];

/** Any fixed number: two that provision the same server take turns by it. */
const PROVISION_LOCK = 7_243_002;
/** From this version on, PostgreSQL itself can say how text sorts, without the C library. */
const BUILTIN_LOCALES_SINCE = 170_000;

/** A server cannot be provisioned. The message says why, and what to do. */
export class ProvisionError extends Error {
  readonly code = 'PROVISION';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ProvisionError';
  }
}

/** The variable that holds the URL of a service's database. */
export const urlVariable = (service: ServiceDatabase) =>
  `${service.toUpperCase() as Uppercase<ServiceDatabase>}_DATABASE_URL` as const;

/** The URLs of all services' databases, as the variables of a process. */
export const urlVariables = (urls: Readonly<Record<ServiceDatabase, string>>) =>
  Object.fromEntries(
    SERVICE_DATABASES.map((service) => [urlVariable(service), urls[service]]),
  ) as Record<ReturnType<typeof urlVariable>, string>;

/**
 * Gives each service a database of its own, owned by a role of the same name, as `provisionUrls` does.
 *
 * @param adminUrl any database of the server, as the role that creates
 * @param passwords the password of each service's role
 * @returns the URL of each service's database
 * @throws ProvisionError when the server refuses, or when a database of that name belongs to somebody else
 */
export async function provisionDatabases(
  adminUrl: string,
  passwords: Readonly<Record<ServiceDatabase, string>>,
): Promise<Record<ServiceDatabase, string>> {
  const urls = Object.fromEntries(
    SERVICE_DATABASES.map((name) => [name, serviceUrl(adminUrl, name, passwords[name])]),
  ) as Record<ServiceDatabase, string>;
  await provisionUrls(adminUrl, urls);
  return urls;
}

/**
 * Creates what the URLs of the services name: each a database of its own, owned by the role of its URL; no role
 * can connect to the database of another. Run it as often as you like: what is there already is kept, passwords
 * are set anew. The role of `adminUrl` needs CREATEDB and CREATEROLE, not superuser: managed servers give none.
 *
 * @param adminUrl any database of the server, as the role that creates
 * @param urls by which each service connects
 * @throws ProvisionError when a URL cannot be used, the server refuses, or a database belongs to somebody else
 */
export async function provisionUrls(
  adminUrl: string,
  urls: Readonly<Record<ServiceDatabase, string>>,
): Promise<void> {
  const accounts = accountsOf(adminUrl, urls);
  const admin = await connect(adminUrl, 'DATABASE_URL, or leave it unset for the embedded server');
  try {
    await admin.query('select pg_advisory_lock($1)', [PROVISION_LOCK]);
    for (const account of accounts) {
      await ensureRole(admin, account);
      await ensureDatabase(admin, account);
    }
  } catch (error) {
    throw explained(error);
  } finally {
    await admin.end();
  }
  for (const name of SERVICE_DATABASES) await ensureExtensions(name, urls[name]);
}

/** The URL by which the role of a service connects to a database, its own unless another is named. */
export function serviceUrl(
  adminUrl: string,
  service: ServiceDatabase,
  password: string,
  database: string = service,
): string {
  const url = new URL(adminUrl);
  url.username = service;
  url.password = encodeURIComponent(password);
  url.pathname = `/${database}`;
  return url.href;
}

/** What the URL of a service says of it. */
interface Account {
  readonly role: string;
  readonly password: string;
  readonly database: string;
}

/** @throws ProvisionError where a URL lacks a part, or two are not apart */
function accountsOf(
  adminUrl: string,
  urls: Readonly<Record<ServiceDatabase, string>>,
): readonly Account[] {
  const taken = new Map([[`role ${readAccount(adminUrl).role}`, 'DATABASE_URL']]);
  return SERVICE_DATABASES.map((service) => {
    const variable = urlVariable(service);
    const account = readAccount(urls[service]);
    for (const part of ['role', 'password', 'database'] as const) {
      if (account[part] === '') throw new ProvisionError(`${variable} names no ${part}: add it.`);
    }
    for (const own of [`role ${account.role}`, `database ${account.database}`]) {
      const other = taken.get(own);
      if (other !== undefined) {
        throw new ProvisionError(
          `${variable} and ${other} both name the ${own}: each service needs its own.`,
        );
      }
      taken.set(own, variable);
    }
    return account;
  });
}

function readAccount(text: string): Account {
  const { username, password, pathname } = new URL(text);
  return {
    role: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** @param check what to check when there is no answer */
async function connect(url: string, check: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'provision',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle reports here too; the statement that follows throws anyway.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { host, pathname, username } = new URL(url);
    throw new ProvisionError(
      `cannot connect to PostgreSQL at ${host}${pathname} as ${username}: ${(error as Error).message}. ` +
        `Check ${check}.`,
      error,
    );
  }
}

async function ensureRole(admin: Client, { role, password }: Account): Promise<void> {
  const found = await admin.query('select from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount ? 'alter' : 'create';
  const secret = escapeLiteral(password);
  await admin.query(`${verb} role ${escapeIdentifier(role)} login password ${secret}`);
}

async function ensureDatabase(admin: Client, { database, role }: Account): Promise<void> {
  const { rows } = await admin.query<{ owner: string }>(
    'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
    [database],
  );
  const owner = rows[0]?.owner;
  if (owner !== undefined && owner !== role) {
    throw new ProvisionError(
      `the server already has a database "${database}", and it belongs to "${owner}": it is not ours to use. ` +
        'Rename it, or point DATABASE_URL to another server.',
    );
  }
  await becomeMember(admin, role);
  if (owner === undefined) await createDatabase(admin, database, role);
  await admin.query(
    `revoke connect, temporary on database ${escapeIdentifier(database)} from public`,
  );
}

/**
 * Whoever gives a database to a role, or changes rights on it, must be a member of that role. A superuser
 * always is; the creator of a role (PostgreSQL 16) may make itself a member and is not one by itself.
 */
async function becomeMember(admin: Client, role: string): Promise<void> {
  const { rows } = await admin.query<{ member: boolean }>(
    `select pg_has_role(current_user, $1, 'usage') as member`,
    [role],
  );
  if (!rows[0]?.member) await admin.query(`grant ${escapeIdentifier(role)} to current_user`);
}

async function createDatabase(admin: Client, database: string, role: string): Promise<void> {
  const { rows } = await admin.query<{ version: string }>(
    `select current_setting('server_version_num') as version`,
  );
  const locale =
    Number(rows[0]?.version) >= BUILTIN_LOCALES_SINCE
      ? `locale_provider builtin builtin_locale 'C.UTF-8'`
      : `lc_collate 'C'`;
  await admin.query(
    `create database ${escapeIdentifier(database)} owner ${escapeIdentifier(role)} ` +
      `template template0 encoding 'UTF8' ${locale}`,
  );
}

/** Connects as the service will, so that a URL that cannot work is known now. */
async function ensureExtensions(name: ServiceDatabase, url: string): Promise<void> {
  const client = await connect(url, urlVariable(name));
  try {
    // pg_trgm is a trusted extension: the owner of a database may create it.
    for (const extension of SERVICE_EXTENSIONS[name]) {
      await client.query(`create extension if not exists ${escapeIdentifier(extension)}`);
    }
  } catch (error) {
    throw explained(error);
  } finally {
    await client.end();
  }
}

function explained(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code !== '42501') return error;
  return new ProvisionError(
    `the role of DATABASE_URL may not do this: ${message}. ` +
      'It needs CREATEDB and CREATEROLE (ALTER ROLE … CREATEDB CREATEROLE).',
    error,
  );
}
