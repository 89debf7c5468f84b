import { afterAll, beforeAll, describe } from 'vitest';
import { startStack, type Stack } from '../stack.ts';
import { inventoryBehaviour } from './inventory.ts';
import { orderBehaviour } from './order.ts';
import { resumeReviewBehaviour } from './resume-review.ts';

// The domains that only the monolith answers as yet. When one of them moves, its suite runs with its label
// off and on.
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
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
