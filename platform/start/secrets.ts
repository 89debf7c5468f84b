import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { SERVICE_DATABASES, type ServiceDatabase } from '#platform/database/provision.ts';
import { passwordVariable, type StartSettings } from './config.ts';

/** The secrets of one installation. */
export interface Secrets {
  // #region monolith
  /** Signs the monolith's access tokens. */
  readonly SECRET_KEY: string;
  // #endregion monolith
  /** Signs who calls, between gateway and subgraphs. */
  readonly IDENTITY_SECRET: string;
  /** Signs the URLs of uploads. */
  readonly UPLOAD_SECRET: string;
  /** Signs the access tokens of the auth service. JSON. */
  readonly AUTH_PRIVATE_JWK: string;
  /** Verifies the access tokens of the auth service. JSON. */
  readonly AUTH_PUBLIC_JWKS: string;
  readonly databasePasswords: Readonly<Record<ServiceDatabase, string>>;
}

const stored = z.record(z.string(), z.union([z.string(), z.looseObject({ kty: z.string() })]));
/** Secrets by variable: texts, and the key as a JSON Web Key. */
export type Stored = z.infer<typeof stored>;

/** The file of secrets cannot be used. */
export class SecretsError extends Error {
  readonly code = 'SECRETS';
}

/**
 * The secrets: from the environment, else from a file (mode 0600), else drawn now and written there.
 *
 * @throws SecretsError when the file is there and cannot be read
 */
export async function loadSecrets(file: string, settings: StartSettings): Promise<Secrets> {
  const kept = await readStored(file);
  const all: Stored = { ...(await drawSecrets()), ...kept };
  if (Object.keys(all).some((name) => !(name in kept))) await write(file, all);
  return secretsFrom(all, settings);
}

/** Secrets as they are stored, with those that the environment gives in place of theirs. */
export function secretsFrom(all: Stored, settings: StartSettings): Promise<Secrets> {
  const given = Object.entries(settings).filter(
    ([name, value]) => name in all && value !== undefined,
  );
  return fromStored({ ...all, ...(Object.fromEntries(given) as Stored) });
}

async function readStored(file: string): Promise<Stored> {
  try {
    return stored.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SecretsError(
      `${file} cannot be read (${(error as Error).message}). Restore it; or remove it, and new secrets are drawn: then everybody is logged out.`,
    );
  }
}

/** A fresh one of every secret, by variable. */
export async function drawSecrets(): Promise<Stored> {
  const secret = () => randomBytes(32).toString('base64url');
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return {
    // #region monolith
    SECRET_KEY: secret(),
    // #endregion monolith
    IDENTITY_SECRET: secret(),
    UPLOAD_SECRET: secret(),
    AUTH_PRIVATE_JWK: jwk as Stored[string],
    ...Object.fromEntries(SERVICE_DATABASES.map((name) => [passwordVariable(name), secret()])),
  };
}

async function write(file: string, secrets: Stored): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

async function fromStored(all: Stored): Promise<Secrets> {
  const key = all.AUTH_PRIVATE_JWK as JWK;
  // `kid` lets verifiers find the key among several; the thumbprint names it without a register.
  const named = { ...key, kid: key.kid ?? (await calculateJwkThumbprint(key)), alg: 'EdDSA' };
  const { d: _private, ...publicKey } = named as JWK & { d: string };
  const text = (name: string) => all[name] as string;
  return {
    // #region monolith
    SECRET_KEY: text('SECRET_KEY'),
    // #endregion monolith
    IDENTITY_SECRET: text('IDENTITY_SECRET'),
    UPLOAD_SECRET: text('UPLOAD_SECRET'),
    AUTH_PRIVATE_JWK: JSON.stringify(named),
    AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [{ ...publicKey, use: 'sig' }] }),
    databasePasswords: Object.fromEntries(
      SERVICE_DATABASES.map((name) => [name, text(passwordVariable(name))]),
    ) as Record<ServiceDatabase, string>,
  };
}
