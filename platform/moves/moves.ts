/**
 * The moves: sets of fields, with the data behind them, on their way from `legacy` to a domain. The name of
 * a move is the label of its `@override` directives; `flag` is the environment variable that names its target;
 * `writes` says by what its writes are owned: bucket by bucket of users, or all of them at once (an e-mail, a SKU
 * and a stock have one owner at a time).
 */
export const MOVES = [
  { name: 'auth', flag: 'USE_NEW_AUTH', domain: 'auth', writes: 'together' },
  { name: 'product', flag: 'USE_NEW_PRODUCT', domain: 'product', writes: 'together' },
  { name: 'inventory', flag: 'USE_NEW_INVENTORY', domain: 'inventory', writes: 'together' },
  { name: 'order', flag: 'USE_NEW_ORDER', domain: 'order', writes: 'by user' },
  { name: 'upload', flag: 'USE_NEW_UPLOAD', domain: 'resume-review', writes: 'by user' },
  { name: 'ai', flag: 'USE_NEW_AI', domain: 'resume-review', writes: 'by user' },
] as const;

export type Move = (typeof MOVES)[number];
export type MoveName = Move['name'];

/** Where the fields of a move are answered. */
export type Side = 'legacy' | 'new';

/** The move of a name, such as that of a label; undefined where no move has it. */
export function moveNamed(name: string): Move | undefined {
  return MOVES.find((move) => move.name === name);
}
