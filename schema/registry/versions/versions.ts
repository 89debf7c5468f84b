import { createHash } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { GitContext } from '../git-context.ts';
import type { GraphRef } from '../graph-ref.ts';
import {
  registryText,
  registryVariant,
  registryVersion,
  registryVersionSubgraph,
  type VersionKind,
} from '../tables.ts';

/** A subgraph as it was published. */
export interface StoredSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  readonly updatedAt: Date;
}

/** What subgraphs make together, as texts. */
export interface ComposedTexts {
  readonly supergraph: string;
  readonly api: string;
  /** The API schema of each contract, by name. */
  readonly contracts: Readonly<Record<string, string>>;
}

/** Who made a version, and how it came to be. */
export interface VersionNote {
  readonly kind: VersionKind;
  readonly subgraph: string | null;
  readonly rolledBackTo: number | null;
  readonly by: string;
  readonly git: GitContext | null;
}

/** A version in a list. */
export interface VersionEntry extends VersionNote {
  readonly number: number;
  readonly createdAt: Date;
}

/** A version with all that is in it. */
export interface Version extends VersionEntry {
  readonly composed: ComposedTexts;
  readonly subgraphs: readonly StoredSubgraph[];
}

/** What a new version holds. */
export type VersionContent = Pick<Version, 'composed' | 'subgraphs'>;

const ofVariant = ({ graph, variant }: GraphRef) =>
  and(eq(registryVersion.graph, graph), eq(registryVersion.variant, variant));

/** The names of a graph's variants. */
export async function variantNames(db: Db, graph: string): Promise<string[]> {
  const rows = await db
    .select({ name: registryVariant.name })
    .from(registryVariant)
    .where(eq(registryVariant.graph, graph))
    .orderBy(registryVariant.name);
  return rows.map(({ name }) => name);
}

/** Makes a variant without versions, where there is none. */
export async function ensureVariant(db: Db, { graph, variant }: GraphRef): Promise<void> {
  const row = { graph, name: variant, createdAt: new Date() };
  await db.insert(registryVariant).values(row).onConflictDoNothing();
}

/** Waits until nobody else writes versions of a variant; to the end of the transaction nobody else does. */
export async function lockVariant(tx: Db, { graph, variant }: GraphRef): Promise<void> {
  await tx
    .select({ name: registryVariant.name })
    .from(registryVariant)
    .where(and(eq(registryVariant.graph, graph), eq(registryVariant.name, variant)))
    .for('update');
}

/** The number and the hash of the supergraph that is served; null where there is none yet. */
export async function newestNumber(
  db: Db,
  ref: GraphRef,
): Promise<{ readonly number: number; readonly hash: string } | null> {
  const [newest] = await db
    .select({ number: registryVersion.number, hash: registryVersion.supergraph })
    .from(registryVersion)
    .where(ofVariant(ref))
    .orderBy(desc(registryVersion.number))
    .limit(1);
  return newest ?? null;
}

/** A version. @param number the newest where none is given. @returns null where there is none */
export async function readVersion(db: Db, ref: GraphRef, number?: number): Promise<Version | null> {
  const wanted = number ?? (await newestNumber(db, ref))?.number;
  if (wanted === undefined) return null;
  const [row] = await db
    .select()
    .from(registryVersion)
    .where(and(ofVariant(ref), eq(registryVersion.number, wanted)));
  if (!row) return null;
  const parts = await db
    .select()
    .from(registryVersionSubgraph)
    .where(
      and(
        eq(registryVersionSubgraph.graph, ref.graph),
        eq(registryVersionSubgraph.variant, ref.variant),
        eq(registryVersionSubgraph.number, wanted),
      ),
    )
    .orderBy(registryVersionSubgraph.name);
  const text = await readTexts(db, [
    row.supergraph,
    row.api,
    ...Object.values(row.contracts),
    ...parts.map(({ schema }) => schema),
  ]);
  const contracts = Object.entries(row.contracts).map(([name, hash]) => [name, text(hash)]);
  return {
    ...row,
    composed: {
      supergraph: text(row.supergraph),
      api: text(row.api),
      contracts: Object.fromEntries(contracts) as Record<string, string>,
    },
    subgraphs: parts.map(({ name, url, schema, updatedAt }) => ({
      name,
      url,
      sdl: text(schema),
      updatedAt,
    })),
  };
}

/** The text with a hash. */
export async function readTexts(
  db: Db,
  hashes: readonly string[],
): Promise<(hash: string) => string> {
  const rows = await db
    .select()
    .from(registryText)
    .where(inArray(registryText.hash, [...new Set(hashes)]));
  const bodies = new Map(rows.map(({ hash, body }) => [hash, body]));
  return (hash) => bodies.get(hash) ?? '';
}

/** The newest versions, the newest first. */
export async function listVersions(db: Db, ref: GraphRef, limit: number): Promise<VersionEntry[]> {
  return db
    .select()
    .from(registryVersion)
    .where(ofVariant(ref))
    .orderBy(desc(registryVersion.number))
    .limit(limit);
}

/**
 * Writes the version that follows another, in a transaction that has the lock of the variant.
 *
 * @param after the number of the one that it was made from; 0 for the first
 * @returns its number; null, and nothing is written, where another came in between
 */
export async function insertVersion(
  tx: Db,
  ref: GraphRef,
  after: number,
  { composed, subgraphs }: VersionContent,
  note: VersionNote,
): Promise<number | null> {
  const newest = (await newestNumber(tx, ref))?.number ?? 0;
  if (newest !== after) return null;
  const { supergraph, api, contracts } = composed;
  const texts = [supergraph, api, ...Object.values(contracts), ...subgraphs.map(({ sdl }) => sdl)];
  await tx
    .insert(registryText)
    .values(texts.map((body) => ({ hash: textHash(body), body })))
    .onConflictDoNothing();
  const number = after + 1;
  const contractHashes = Object.entries(contracts).map(([name, body]) => [name, textHash(body)]);
  await tx.insert(registryVersion).values({
    ...ref,
    ...note,
    number,
    supergraph: textHash(supergraph),
    api: textHash(api),
    contracts: Object.fromEntries(contractHashes) as Record<string, string>,
    createdAt: new Date(),
  });
  await tx.insert(registryVersionSubgraph).values(
    subgraphs.map(({ name, url, sdl, updatedAt }) => ({
      ...ref,
      number,
      name,
      url,
      schema: textHash(sdl),
      updatedAt,
    })),
  );
  return number;
}

/** SHA-256, in hexadecimal digits. */
export function textHash(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
