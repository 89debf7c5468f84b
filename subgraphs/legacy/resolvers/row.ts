import type DataLoader from 'dataloader';
import type { EntitySource } from '../mapping/entities.ts';

/**
 * The row behind an entity: the one that came along, else the loaded one.
 *
 * @param what the noun of the entity, for the error
 * @throws where the id belongs to nothing, or to something that the caller may not see
 */
export function rowOf<Row>(
  source: EntitySource<Row>,
  loader: DataLoader<string, Row | null>,
  what: string,
): Row | Promise<Row> {
  return source.row ?? loadRow(source.id, loader, what);
}

async function loadRow<Row>(
  id: string,
  loader: DataLoader<string, Row | null>,
  what: string,
): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new Error(`The monolith has no ${what} ${id}`);
  return row;
}
