/**
 * The moves: sets of fields, with the data behind them, on their way from `legacy` to a domain. The name of
 * a move is the label of its `@override` directives; `flag` is the environment variable that names its target.
 */
export const MOVES = [
  { name: 'auth', flag: 'USE_NEW_AUTH', domain: 'auth' },
  { name: 'product', flag: 'USE_NEW_PRODUCT', domain: 'product' },
  { name: 'inventory', flag: 'USE_NEW_INVENTORY', domain: 'inventory' },
  { name: 'order', flag: 'USE_NEW_ORDER', domain: 'order' },
  { name: 'upload', flag: 'USE_NEW_UPLOAD', domain: 'resume-review' },
  { name: 'ai', flag: 'USE_NEW_AI', domain: 'resume-review' },
] as const;

export type Move = (typeof MOVES)[number];
export type MoveName = Move['name'];

/** Where the fields of a move are answered. */
export type Side = 'legacy' | 'new';
