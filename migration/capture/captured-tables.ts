import { getTableConfig } from 'drizzle-orm/pg-core';
import { escapeIdentifier } from 'pg';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { CapturedTable, MoveMapping } from '../moves/mapping.ts';

/** A table whose changes are captured on a side, and the kind of aggregate that they make dirty. */
export interface CapturedSource extends CapturedTable {
  readonly move: MoveName;
  readonly kind: string;
  /** Schema and name, quoted. */
  readonly qualified: string;
  /** What its triggers and their functions are called by: `order_order_sales_items`. */
  readonly label: string;
}

/** Every table that a move captures on a side. */
export function capturedSources(mapping: MoveMapping, side: Side): readonly CapturedSource[] {
  return mapping.kinds.flatMap((kind) =>
    kind.sides[side].captured.map((captured) => {
      const { schema = 'public', name } = getTableConfig(captured.table);
      return {
        ...captured,
        move: mapping.name,
        kind: kind.name,
        qualified: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
        label: `${mapping.name}_${kind.name}_${name}`.replaceAll(/[^a-z0-9_]/g, '_'),
      };
    }),
  );
}

/**
 * The tables in the order in which they are locked: as mapped, parents before their parts. Writers take them in this
 * order too; against it, whoever holds the parts would wait for writers of the parent, who wait for the parts.
 */
export function lockOrder(sources: readonly CapturedSource[]): readonly string[] {
  return [...new Set(sources.map(({ qualified }) => qualified))];
}
