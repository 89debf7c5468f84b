import { afterAll, beforeAll, describe } from 'vitest';
import { MOVES } from '#platform/moves/moves.ts';
import { startStack, type Stack } from '../stack.ts';
import { inventoryBehaviour } from './inventory.ts';
import { orderBehaviour } from './order.ts';
import { resumeReviewBehaviour } from './resume-review.ts';

// Everything on one side: a domain that writes meets the others there.
describe.each([
  // #region monolith
  ['by the monolith', 'false'],
  // #endregion monolith
  ['by the domains', 'true'],
])('answered %s', (_side, flag) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(Object.fromEntries(MOVES.map((move) => [move.flag, flag])));
  });
  afterAll(() => stack?.close());

  describe('inventory', () => {
    inventoryBehaviour(() => stack);
  });
  describe('order', () => {
    orderBehaviour(() => stack);
  });
  describe('resume review', () => {
    resumeReviewBehaviour(() => stack);
  });
});
