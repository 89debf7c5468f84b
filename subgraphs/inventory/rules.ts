import { brokenRules, textRule, type InputRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';
import type { WantedItem } from './allocation.ts';

const MAX_CHANGE = 1_000_000;
/** The most pieces of one level, so that the sum over all warehouses stays a 32-bit integer. */
const MAX_ON_HAND = 100_000_000;
const MAX_EXPIRY_SECONDS = 86_400;
const MAX_ITEMS = 50;
const MAX_ITEM_QUANTITY = 1_000;

/** The rules that received pieces break. */
export const brokenReceiptRules = (quantity: number, reason: string): InvalidField[] =>
  brokenRules([
    ['quantity', quantity >= 1 && quantity <= MAX_CHANGE, 'must be from 1 to 1,000,000'],
    textRule('reason', reason, 0, 200),
  ]);

/** The rules that a corrected count breaks. */
export const brokenAdjustmentRules = (delta: number, reason: string): InvalidField[] =>
  brokenRules([
    [
      'delta',
      delta !== 0 && Math.abs(delta) <= MAX_CHANGE,
      'must be from -1,000,000 to 1,000,000 and not 0',
    ],
    textRule('reason', reason, 1, 200),
  ]);

/** The rule that a level breaks after a change. @param path the field that made it so large */
export const brokenLevelRules = (path: string, onHand: number): InvalidField[] =>
  brokenRules([
    [path, onHand <= MAX_ON_HAND, 'would put more than 100,000,000 pieces in one warehouse'],
  ]);

/** The rules that a promise breaks: 1 to 50 items, each product once, 1 to 1,000 pieces of it. */
export function brokenPromiseRules(
  items: readonly WantedItem[],
  expiresInSeconds: number | null,
): InvalidField[] {
  const ids = items.map(({ productId }) => productId);
  const seconds = expiresInSeconds ?? 1;
  return brokenRules([
    ['items', items.length >= 1 && items.length <= MAX_ITEMS, 'must be 1 to 50'],
    ...items.flatMap(({ productId, quantity }, index): InputRule[] => [
      [
        `items.${index}.productId`,
        ids.indexOf(productId) === index,
        'is there twice: add the quantities up',
      ],
      [
        `items.${index}.quantity`,
        quantity >= 1 && quantity <= MAX_ITEM_QUANTITY,
        'must be from 1 to 1,000',
      ],
    ]),
    ['expiresInSeconds', seconds >= 1 && seconds <= MAX_EXPIRY_SECONDS, 'must be from 1 to 86,400'],
  ]);
}
