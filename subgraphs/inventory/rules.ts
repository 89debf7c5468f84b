import type { WantedItem } from './allocation.ts';
import type { InvalidField } from './problems.ts';

type Rule = readonly [path: string, holds: boolean, message: string];

const MAX_CHANGE = 1_000_000;
/** The most pieces of one level, so that the sum over all warehouses stays a 32-bit integer. */
const MAX_ON_HAND = 100_000_000;
const MAX_EXPIRY_SECONDS = 86_400;
const MAX_ITEMS = 50;
const MAX_ITEM_QUANTITY = 1_000;

/** The rules that received pieces break. */
export const brokenReceiptRules = (quantity: number, reason: string): InvalidField[] =>
  broken([
    ['quantity', quantity >= 1 && quantity <= MAX_CHANGE, 'must be from 1 to 1,000,000'],
    text('reason', reason, 0, 200, 'must be at most 200 characters long'),
  ]);

/** The rules that a corrected count breaks. */
export const brokenAdjustmentRules = (delta: number, reason: string): InvalidField[] =>
  broken([
    [
      'delta',
      delta !== 0 && Math.abs(delta) <= MAX_CHANGE,
      'must be from -1,000,000 to 1,000,000 and not 0',
    ],
    text('reason', reason, 1, 200, 'must be 1 to 200 characters long'),
  ]);

/** The rule that a level breaks after a change. @param path the field that made it so large */
export const brokenLevelRules = (path: string, onHand: number): InvalidField[] =>
  broken([
    [path, onHand <= MAX_ON_HAND, 'would put more than 100,000,000 pieces in one warehouse'],
  ]);

/** The rules that a promise breaks: 1 to 50 items, each product once, 1 to 1,000 pieces of it. */
export function brokenPromiseRules(
  items: readonly WantedItem[],
  expiresInSeconds: number | null,
): InvalidField[] {
  const ids = items.map(({ productId }) => productId);
  const seconds = expiresInSeconds ?? 1;
  return broken([
    ['items', items.length >= 1 && items.length <= MAX_ITEMS, 'must be 1 to 50'],
    ...items.flatMap(({ productId, quantity }, index): Rule[] => [
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

/** A text that is kept without the blanks around it, whose length is counted in characters as people count them. */
function text(
  path: string,
  value: string,
  minimum: number,
  maximum: number,
  message: string,
): Rule {
  // PostgreSQL cannot store it.
  if (value.includes('\0')) return [path, false, 'must not hold the character U+0000'];
  const length = Array.from(value.trim()).length;
  return [path, length >= minimum && length <= maximum, message];
}

function broken(rules: readonly Rule[]): InvalidField[] {
  return rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
}
