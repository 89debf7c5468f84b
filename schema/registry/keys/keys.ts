import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { unlessTaken } from '#platform/database/unique-violation.ts';
import { RegistryError } from '../registry-error.ts';
import { registryKey, type Right } from '../tables.ts';

export const RIGHTS = ['read', 'check', 'publish'] as const satisfies readonly Right[];

/** Who asks. */
export interface Caller {
  readonly graph: string;
  /** The name of the key. */
  readonly name: string;
  readonly can: Right;
}

/** A key, without what opens the door. */
export interface Key extends Caller {
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** The name that the local key has in histories. */
export const LOCAL_NAME = 'local';

/**
 * Makes a key, in the form that Rover and the gateways of Apollo expect of the key of a graph.
 *
 * @returns the key itself: it is kept nowhere, so this is the only time that it can be read
 * @throws RegistryError when there is one of that name
 */
export async function createKey(db: Db, { graph, name, can }: Caller): Promise<string> {
  const key = `service:${graph}:${randomBytes(24).toString('base64url')}`;
  const row = { graph, name, can, hash: hashOf(key), createdAt: new Date() };
  return unlessTaken(
    'registry_key_name',
    () => {
      throw new RegistryError(
        'CONFLICT',
        `There is a key "${name}" already: take another name, or revoke it first.`,
      );
    },
    async () => {
      await db.insert(registryKey).values(row);
      return key;
    },
  );
}

/** The keys of a graph, the oldest first. */
export async function listKeys(db: Db, graph: string): Promise<Key[]> {
  return db.select().from(registryKey).where(eq(registryKey.graph, graph)).orderBy(registryKey.id);
}

/** From now on the key opens nothing. @throws RegistryError when there is none of that name */
export async function revokeKey(db: Db, graph: string, name: string): Promise<void> {
  const revoked = await db
    .update(registryKey)
    .set({ revokedAt: new Date() })
    .where(
      and(eq(registryKey.graph, graph), eq(registryKey.name, name), isNull(registryKey.revokedAt)),
    )
    .returning({ id: registryKey.id });
  if (revoked.length === 0) throw new RegistryError('BAD_INPUT', `There is no key "${name}".`);
}

const MAKE_ONE = 'Keys are made with `npm run schema -- registry keys create`.';

/**
 * Who has a key.
 *
 * @param local the key that is kept nowhere, where there is one
 * @throws RegistryError where it is missing, unknown or revoked
 */
export async function callerOf(
  db: Db,
  key: string | undefined,
  local: { readonly key: string | undefined; readonly graph: string },
): Promise<Caller> {
  if (!key) {
    throw new RegistryError(
      'AUTHENTICATION_FAILED',
      `No API key came with the request: set APOLLO_KEY. ${MAKE_ONE}`,
    );
  }
  // By their hashes: how long it takes says nothing about the key.
  const hash = hashOf(key);
  if (local.key !== undefined && hash === hashOf(local.key)) {
    return { graph: local.graph, name: LOCAL_NAME, can: 'publish' };
  }
  const [found] = await db.select().from(registryKey).where(eq(registryKey.hash, hash));
  if (!found) {
    throw new RegistryError(
      'AUTHENTICATION_FAILED',
      `The API key is not known to this registry: check APOLLO_KEY. ${MAKE_ONE}`,
    );
  }
  if (found.revokedAt) {
    const day = found.revokedAt.toISOString().slice(0, 10);
    throw new RegistryError(
      'AUTHENTICATION_FAILED',
      `The API key "${found.name}" was revoked on ${day}. ${MAKE_ONE}`,
    );
  }
  return found;
}

/** @throws RegistryError where a key does not allow this */
export function requireRight({ name, can }: Caller, right: Right): void {
  if (RIGHTS.indexOf(can) >= RIGHTS.indexOf(right)) return;
  throw new RegistryError(
    'ACCESS_DENIED',
    `The API key "${name}" may ${can}, not ${right}: use one that was made with --can ${right}.`,
  );
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
