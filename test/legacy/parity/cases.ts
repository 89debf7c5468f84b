import { encodeCursor, type CursorValue } from '#platform/graph/connection.ts';
import { UNKNOWN_ID, type ParitySide } from './sides.ts';

/** What a client does to a side, and what came of it. The other side is asked the same. */
export type ParityCase = readonly [name: string, ask: (side: ParitySide) => Promise<unknown>];

export const cursorOf = (order: string, ...key: CursorValue[]) => encodeCursor(order, key);

const text = (json: string) => Buffer.from(json).toString('base64url');

/** Cursors that no list has given. */
export const ODD_CURSORS: readonly { readonly after: string | null }[] = [
  null,
  '',
  ' ',
  'x',
  '\0',
  '\ud800',
  'null',
  text('null'),
  text('[]'),
  text('{}'),
  text('"users"'),
  text('["users"]'),
  text('["users",null,null]'),
  text('["users",{},[]]'),
  text('["name","a"]'),
  cursorOf('orders', 1, UNKNOWN_ID),
  cursorOf('name', 'a', UNKNOWN_ID),
  cursorOf('users', 'a', UNKNOWN_ID),
  cursorOf('newest', 1, 'no id'),
  `${cursorOf('users', 1, UNKNOWN_ID)}=`,
  'x'.repeat(100_000),
].map((after) => ({ after }));

/** Ids that nothing has. */
export const ODD_IDS: readonly unknown[] = [
  '',
  ' ',
  'x',
  5,
  UNKNOWN_ID,
  ` ${UNKNOWN_ID}`,
  `{${UNKNOWN_ID}}`,
  UNKNOWN_ID.replaceAll('-', ''),
  UNKNOWN_ID.replace('8', 'g'),
  `${UNKNOWN_ID}\0`,
  `${UNKNOWN_ID}\n`,
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  "' or 1=1 --",
  '\ud800',
];
