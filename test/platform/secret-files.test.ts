import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessTokenVerifier } from '#platform/identity/access-token.ts';
import { SERVICE_DATABASES, urlVariable } from '#platform/database/provision.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { writeSecretFiles } from '#platform/start/secret-files.ts';
import { authConfig } from '../../subgraphs/auth/config.ts';
import { accessTokenIssuer } from '../../subgraphs/auth/access-tokens.ts';
import type { Account } from '../../subgraphs/auth/repository/accounts.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'secret-files-')), 'secrets');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const write = (variables = {}) => writeSecretFiles(directory, readStartSettings(variables));
const DATABASE_URLS = SERVICE_DATABASES.map((service) => urlVariable(service).toLowerCase());
const read = (name: string) => readFile(join(directory, name), 'utf8');

describe('writing secrets as files', () => {
  test('the folder is closed to others, and its files are open to the users of containers', async () => {
    await write();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, 'identity_secret'))).mode & 0o777).toBe(0o444);
    // #region monolith
    expect((await stat(join(directory, 'secret_key'))).mode & 0o777).toBe(0o444);
    // #endregion monolith
  });

  test('without a server of ones own, the URLs are those of the Compose file', async () => {
    await write();
    const password = await read('postgres_password');
    expect(await read('admin_database_url')).toBe(
      `postgres://postgres:${password}@postgres:5432/postgres`,
    );
    expect(await read('orders_database_url')).toMatch(
      /^postgres:\/\/orders:[\w-]{43}@postgres:5432\/orders$/,
    );
  });

  test('with a server of ones own, the URLs lead there as its URL says', async () => {
    const { written } = await write({
      DATABASE_URL: 'postgres://boss:hidden@db.example:6432/any?sslmode=verify-full',
    });
    expect(written).not.toContain('postgres_password');
    expect(await read('admin_database_url')).toContain('boss:hidden@db.example:6432/any');
    expect(await read('auth_database_url')).toMatch(
      /^postgres:\/\/auth:.+@db\.example:6432\/auth\?sslmode=verify-full$/,
    );
  });

  test('what is there is kept, and what is missing is written again', async () => {
    const secrets = [
      // #region monolith
      'secret_key',
      // #endregion monolith
      'identity_secret',
      'auth_private_jwk',
    ];
    await write();
    const before = await Promise.all(secrets.map(read));
    const publicKeys = await read('auth_public_jwks');
    await unlink(join(directory, 'auth_public_jwks'));
    const { written, kept } = await write();
    expect(written).toEqual(['auth_public_jwks']);
    expect(kept).toEqual(expect.arrayContaining(DATABASE_URLS));
    expect(await Promise.all(secrets.map(read))).toEqual(before);
    expect(await read('auth_public_jwks')).toBe(publicKeys);
  });

  test('secrets of ones own are taken', async () => {
    await write({ IDENTITY_SECRET: 'x'.repeat(40) });
    expect(await read('identity_secret')).toBe('x'.repeat(40));
    // #region monolith
    const another = join(directory, 'another');
    await writeSecretFiles(another, readStartSettings({ SECRET_KEY: 'y'.repeat(40) }));
    expect(await readFile(join(another, 'secret_key'), 'utf8')).toBe('y'.repeat(40));
    // #endregion monolith
  });

  test('a token of the private key is verified by the public keys', async () => {
    await write();
    const { AUTH_PRIVATE_JWK } = authConfig({
      AUTH_PRIVATE_JWK_FILE: join(directory, 'auth_private_jwk'),
      IDENTITY_SECRET_FILE: join(directory, 'identity_secret'),
      DATABASE_URL_FILE: join(directory, 'auth_database_url'),
    });
    const issuer = await accessTokenIssuer(AUTH_PRIVATE_JWK, 15);
    const account = { id: randomUUID(), role: 'customer' } as Account;
    const { token } = await issuer.issue(account, randomUUID(), new Date());
    const publicKeys = JSON.parse(await read('auth_public_jwks'));
    const verify = accessTokenVerifier(undefined, publicKeys);
    expect(await verify(token)).toMatchObject({ userId: account.id, role: 'customer' });
  });
});
