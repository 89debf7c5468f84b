import { hash } from 'node:crypto';
import { fillPlaceholders, sql, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { QueryConfig } from 'pg';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import type { Kind, KindOnSide, MoveMapping } from '../moves/mapping.ts';

/** A statement under a name: each connection parses it once. @param given values by the names of placeholders */
export type NamedStatement = (given?: Record<string, unknown>) => QueryConfig;

/** What is run for a kind on one side. */
export interface KindStatements {
  readonly kind: Kind;
  /** `ids` (uuid[]) → id, form (text of the canonical form), bucket; of those that exist. */
  readonly forms: NamedStatement;
  /** The name of the relation that the next three read. */
  readonly incoming: string;
  readonly park: readonly NamedStatement[];
  readonly write: readonly NamedStatement[];
  /** What is run instead of all three where the side has none of the aggregates. */
  readonly create: readonly NamedStatement[] | undefined;
  readonly remove: readonly NamedStatement[];
}

const dialect = new PgDialect();
const compiled = new WeakMap<MoveMapping, Record<Side, readonly KindStatements[]>>();

/** The statements of all kinds of a move on a side, in the order of its kinds. */
export function kindStatements(mapping: MoveMapping, side: Side): readonly KindStatements[] {
  let both = compiled.get(mapping);
  if (!both) {
    const of = (side: Side) => mapping.kinds.map((kind) => compile(mapping.name, kind, side));
    both = { legacy: of('legacy'), new: of('new') };
    compiled.set(mapping, both);
  }
  return both[side];
}

/** Makes a named statement of SQL, whose placeholders (`sql.placeholder`) are given each time. */
export function named(statement: SQL): NamedStatement {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  // PostgreSQL cuts names at 63 bytes.
  const name = `moves_${hash('sha256', text).slice(0, 40)}`;
  return (given = {}) => ({ name, text, values: fillPlaceholders(params, given) });
}

/**
 * SQL of the bucket of an aggregate, from a row `r` of its root table. Where the row has no partition key (its parent
 * is gone), it counts to bucket 0.
 */
export function bucketOfRoot(move: MoveName, side: KindOnSide): SQL {
  const key = side.captured.find(({ table }) => table === side.root)?.key ?? null;
  if (key === null || moveNamed(move)?.writes === 'together') return sql`0`;
  return sql`coalesce(move.bucket_of(${sql.raw(`'${move}'`)}, (${sql.raw(key)})::text), 0)`;
}

/** The column of the ids, in a row `r` of the root table. */
export const rootIdOf = ({ rootId }: KindOnSide): SQL => sql`r.${sql.identifier(rootId.name)}`;

function compile(move: MoveName, kind: Kind, side: Side): KindStatements {
  const here = kind.sides[side];
  const ids = sql`${sql.placeholder('ids')}::uuid[]`;
  const bucket = bucketOfRoot(move, here);
  const incoming = `moves_incoming_${move}_${kind.name}`;
  const relation = sql`${sql.identifier(incoming)}`;
  return {
    kind,
    forms: named(
      sql`select c.id, c.canonical::text as form,
            (select ${bucket} from ${here.root} r where ${rootIdOf(here)} = c.id limit 1) as bucket
          from (${here.canonical(ids)}) as c`,
    ),
    incoming,
    park: here.park(relation).map(named),
    write: here.write(relation).map(named),
    create: here.create?.(relation).map(named),
    remove: here.remove(relation).map(named),
  };
}
