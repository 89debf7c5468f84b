import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICE_DATABASES, serviceUrl, urlVariable } from '#platform/database/provision.ts';
import type { StartSettings } from './config.ts';
import { drawSecrets, secretsFrom, type Secrets, type Stored } from './secrets.ts';

/** Which files were written, and which were there already. */
export interface SecretFiles {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

const TEXTS = [
  // #region monolith
  'SECRET_KEY',
  // #endregion monolith
  'IDENTITY_SECRET',
  'UPLOAD_SECRET',
] as const;
const PRIVATE_KEY = 'AUTH_PRIVATE_JWK';
/** The only one that is made from another. */
const PUBLIC_KEYS = 'AUTH_PUBLIC_JWKS';
const ADMIN_URL = 'admin_database_url';
const SERVER_PASSWORD = 'postgres_password';

/**
 * Writes what containers are given as secrets: one file each, named like its variable in lower case, and the URL
 * of each service's database. A file that is there is kept.
 *
 * @param settings secrets of one's own, and the DATABASE_URL of a server of one's own; without it the URLs are
 *   those of the server in docker-compose.yml
 */
export async function writeSecretFiles(
  directory: string,
  settings: StartSettings,
): Promise<SecretFiles> {
  await mkdir(directory, { recursive: true });
  // The folder keeps others out. The files themselves must be readable by the users of the containers.
  await chmod(directory, 0o700);
  const kept = await readFiles(directory);
  const stored = { ...(await drawSecrets()), ...storedIn(kept) };
  const wanted = filesOf(await secretsFrom(stored, settings), settings.DATABASE_URL, kept);
  const names = Object.keys(wanted);
  const missing = names.filter((name) => !kept.has(name) || name === PUBLIC_KEYS.toLowerCase());
  for (const name of missing) await write(join(directory, name), wanted[name] ?? '');
  return { written: missing, kept: names.filter((name) => !missing.includes(name)) };
}

async function readFiles(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readText(join(directory, name))] as const),
    ),
  );
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
}

function storedIn(kept: ReadonlyMap<string, string>): Stored {
  const texts = TEXTS.flatMap((name) => {
    const text = kept.get(name.toLowerCase());
    return text === undefined ? [] : [[name, text] as const];
  });
  const key = kept.get(PRIVATE_KEY.toLowerCase());
  return {
    ...Object.fromEntries(texts),
    ...(key === undefined ? {} : { [PRIVATE_KEY]: JSON.parse(key) as { kty: string } }),
  };
}

function filesOf(
  secrets: Secrets,
  serverUrl: string | undefined,
  kept: ReadonlyMap<string, string>,
): Record<string, string> {
  const password = kept.get(SERVER_PASSWORD) ?? randomBytes(32).toString('base64url');
  const adminUrl =
    kept.get(ADMIN_URL) ?? serverUrl ?? `postgres://postgres:${password}@postgres:5432/postgres`;
  const databases = SERVICE_DATABASES.map((service) => [
    urlVariable(service).toLowerCase(),
    serviceUrl(adminUrl, service, secrets.databasePasswords[service]),
  ]);
  return {
    ...Object.fromEntries(
      [...TEXTS, PRIVATE_KEY, PUBLIC_KEYS].map((name) => [
        name.toLowerCase(),
        secrets[name as (typeof TEXTS)[number]],
      ]),
    ),
    ...(serverUrl === undefined ? { [SERVER_PASSWORD]: password } : {}),
    [ADMIN_URL]: adminUrl,
    ...Object.fromEntries(databases),
  };
}

/** Whole or not at all, also over a file that nobody may write to. */
async function write(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, text, { mode: 0o444 });
  await rename(draft, file);
}
