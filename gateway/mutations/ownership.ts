import type { SubgraphResponse } from '../transport/subgraph-fetch.ts';

/** What a subgraph said about who may write, where it did nothing because of it: docs/design.md, "Ownership errors". */
export type Refusal =
  /** The other side owns what was to be written; `isNew` says which that is, null where it is not known. */
  | { readonly kind: 'not owner'; readonly move: string; readonly isNew: boolean | null }
  /** Nobody owns it for a moment. */
  | { readonly kind: 'moving' }
  /** There is nothing of the kind on this side; the other sides of these moves may have it. */
  | { readonly kind: 'not found here'; readonly moves: readonly string[] };

/**
 * Reads from the response to the fetch of one root field of a mutation whether the field was refused:
 * - an error at the field, which has no value: with the code `NOT_OWNER` and, in its extensions, `move` and, where
 *   it is known, `owner` (`legacy` or `new`); or with the code `MOVING`;
 * - `notFoundHere` in the extensions of the response: the moves whose other side may know better. The data beside it
 *   is the answer if that side does not.
 *
 * An error below the field says nothing of the kind: the field itself has run.
 *
 * @param labels of the field, for a subgraph that does not name the move
 */
export function refusalOf(
  { data, errors = [], extensions }: SubgraphResponse,
  labels: readonly string[],
): Refusal | null {
  for (const { path, extensions: told } of errors) {
    const [name] = path ?? [];
    if (path?.length !== 1 || name === undefined || hasValue(data, name)) continue;
    if (told?.['code'] === 'MOVING') return { kind: 'moving' };
    const move = typeof told?.['move'] === 'string' ? told['move'] : labels[0];
    if (told?.['code'] === 'NOT_OWNER' && move !== undefined) {
      return { kind: 'not owner', move, isNew: isNew(told['owner']) };
    }
  }
  const named = extensions?.['notFoundHere'];
  const moves = Array.isArray(named) ? named.filter((move) => typeof move === 'string') : [];
  return moves.length > 0 ? { kind: 'not found here', moves } : null;
}

/** A field that has a value has run, whatever an error says of it. */
function hasValue(data: SubgraphResponse['data'], name: string | number): boolean {
  return data?.[name] !== undefined && data[name] !== null;
}

function isNew(owner: unknown): boolean | null {
  if (owner === 'new') return true;
  return owner === 'legacy' ? false : null;
}
