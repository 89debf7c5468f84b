import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';
import type { GitContext } from './git-context.ts';
import type { CheckOutcome } from './checks/outcome.ts';

/** Schemas by their SHA-256: most versions share most of theirs. */
export const registryText = pgTable('registry_text', {
  hash: text('hash').primaryKey(),
  body: text('body').notNull(),
});

/** Who may come here. Of a key only its SHA-256 is kept: it is drawn at random, so nobody can guess it from that. */
export const registryKey = pgTable(
  'registry_key',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    graph: text('graph').notNull(),
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
    can: text('can').$type<Right>().notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    check('registry_key_can', sql`${t.can} in ('read', 'check', 'publish')`),
    uniqueIndex('registry_key_name')
      .on(t.graph, t.name)
      .where(sql`${t.revokedAt} is null`),
  ],
);

/** What a key allows; each includes those before it. */
export type Right = 'read' | 'check' | 'publish';

export const registryVariant = pgTable(
  'registry_variant',
  {
    graph: text('graph').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.graph, t.name] })],
);

/** What was served from a moment on. The highest number of a variant is served now; nothing is ever changed. */
export const registryVersion = pgTable(
  'registry_version',
  {
    graph: text('graph').notNull(),
    variant: text('variant').notNull(),
    number: integer('number').notNull(),
    kind: text('kind').$type<VersionKind>().notNull(),
    /** The subgraph that was published or deleted. */
    subgraph: text('subgraph'),
    /** The version that a rollback brought back. */
    rolledBackTo: integer('rolled_back_to'),
    supergraph: text('supergraph')
      .notNull()
      .references(() => registryText.hash),
    api: text('api')
      .notNull()
      .references(() => registryText.hash),
    /** The API schema of each contract, by name. */
    contracts: jsonb('contracts').$type<Readonly<Record<string, string>>>().notNull(),
    /** The name of the key, or who ran the command. */
    by: text('by').notNull(),
    git: jsonb('git').$type<GitContext>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.graph, t.variant, t.number] }),
    foreignKey({
      columns: [t.graph, t.variant],
      foreignColumns: [registryVariant.graph, registryVariant.name],
    }),
    check('registry_version_kind', sql`${t.kind} in ('seed', 'publish', 'delete', 'rollback')`),
  ],
);

export type VersionKind = 'seed' | 'publish' | 'delete' | 'rollback';

export const registryVersionSubgraph = pgTable(
  'registry_version_subgraph',
  {
    graph: text('graph').notNull(),
    variant: text('variant').notNull(),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    schema: text('schema')
      .notNull()
      .references(() => registryText.hash),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.graph, t.variant, t.number, t.name] }),
    foreignKey({
      columns: [t.graph, t.variant, t.number],
      foreignColumns: [registryVersion.graph, registryVersion.variant, registryVersion.number],
    }),
  ],
);

/** What was judged, and how. Whoever knows the id may read it. */
export const registryCheck = pgTable(
  'registry_check',
  {
    id: uuid('id').primaryKey(),
    graph: text('graph').notNull(),
    variant: text('variant').notNull(),
    subgraph: text('subgraph').notNull(),
    by: text('by').notNull(),
    git: jsonb('git').$type<GitContext>(),
    createdAt: instant('created_at').notNull(),
    /** Null while it waits for its turn to be judged. */
    begunAt: instant('begun_at'),
    /** Null while it waits, or is being judged. */
    outcome: jsonb('outcome').$type<CheckOutcome>(),
  },
  (t) => [index('registry_check_created_at').on(t.createdAt)],
);
