import { isStaff, type Identity } from '#platform/identity/identity.ts';
import type { OrderAction, OrderStatus } from './schema.generated.ts';

/** Who takes a step: the customer of the order, or whoever runs the store. */
type Actor = 'customer' | 'staff';

/** What a step does outside of this database. Each bears being done twice: the id of the order makes it one. */
export type Effect = 'PRICE' | 'RESERVE' | 'RELEASE' | 'COMMIT' | 'TAKE_BACK' | 'CHARGE' | 'REFUND';

/** Everything that is done with an order: what its customer and staff do with it, and that it comes to be. */
export type StepName = 'PLACE' | OrderAction;

interface Step {
  /** Where an order has to stand; nowhere, before it is placed. */
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
  readonly by: readonly Actor[];
  /** What is done, one after the other, before the order reaches its new status. */
  readonly effects: readonly Effect[];
  /** What makes the effects undone, where the order cannot reach its new status after all. */
  readonly undo: readonly Effect[];
  /** What has been done when the step is taken: completes "An order … cannot be …". */
  readonly participle: string;
}

/** The life of an order. What is not in this table cannot be done; the table in README.md is made from it. */
export const WORKFLOW: Readonly<Record<StepName, Step>> = {
  PLACE: {
    from: [],
    to: 'PLACED',
    by: ['customer', 'staff'],
    effects: ['PRICE', 'RESERVE'],
    undo: ['RELEASE'],
    participle: 'placed',
  },
  CONFIRM: {
    from: ['PLACED'],
    to: 'CONFIRMED',
    by: ['staff'],
    effects: [],
    undo: [],
    participle: 'confirmed',
  },
  PAY: {
    from: ['CONFIRMED'],
    to: 'PAID',
    by: ['customer'],
    effects: ['CHARGE'],
    undo: ['REFUND'],
    participle: 'paid',
  },
  SHIP: {
    from: ['PAID'],
    to: 'SHIPPED',
    by: ['staff'],
    effects: ['COMMIT'],
    undo: ['TAKE_BACK'],
    participle: 'shipped',
  },
  DELIVER: {
    from: ['SHIPPED'],
    to: 'DELIVERED',
    by: ['staff'],
    effects: [],
    undo: [],
    participle: 'delivered',
  },
  CANCEL: {
    from: ['PLACED', 'CONFIRMED', 'PAID'],
    to: 'CANCELLED',
    by: ['customer', 'staff'],
    effects: ['RELEASE', 'REFUND'],
    undo: [],
    participle: 'cancelled',
  },
  RETURN: {
    from: ['DELIVERED'],
    to: 'RETURNED',
    by: ['customer', 'staff'],
    effects: ['TAKE_BACK', 'REFUND'],
    undo: [],
    participle: 'returned',
  },
};

/** The steps that can be taken with an order that there is, in the order of the table. */
export const ACTIONS = (Object.keys(WORKFLOW) as StepName[]).filter((step) => step !== 'PLACE');

/** What a caller is to an order. */
function actorsOf(identity: Identity, customerId: string): Actor[] {
  return [
    ...(identity.userId === customerId ? ['customer' as const] : []),
    ...(isStaff(identity) ? ['staff' as const] : []),
  ];
}

/** Whether a step is the caller's to take, wherever the order stands. */
export function mayTake(action: OrderAction, identity: Identity, customerId: string): boolean {
  return actorsOf(identity, customerId).some((actor) => WORKFLOW[action].by.includes(actor));
}

/** Whether a step leads out of a status. */
export function isLegal(action: OrderAction, status: OrderStatus): boolean {
  return WORKFLOW[action].from.includes(status);
}

/** The steps that the caller can take with an order now. */
export function availableActions(
  identity: Identity,
  status: OrderStatus,
  customerId: string,
): OrderAction[] {
  return ACTIONS.filter(
    (action) => isLegal(action, status) && mayTake(action, identity, customerId),
  );
}

/** Why a step is not possible, in a sentence for the person who tried. */
export function illegalMessage(action: OrderAction, status: OrderStatus): string {
  return `An order that is ${status.toLowerCase()} cannot be ${WORKFLOW[action].participle}.`;
}

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  PRICE: 'price the items',
  RESERVE: 'reserve the stock',
  RELEASE: 'release the stock',
  COMMIT: 'commit the stock',
  TAKE_BACK: 'return the stock',
  CHARGE: 'charge the payment',
  REFUND: 'refund the payment',
};

/** The workflow as a table for README.md, in Markdown. */
export function workflowTable(): string {
  const words = (effects: readonly Effect[]) =>
    effects.map((effect) => EFFECT_WORDS[effect]).join(', then ') || '–';
  const rows = Object.entries(WORKFLOW).map(([name, { from, to, by, effects, undo }]) => [
    name,
    from.join(', ') || '–',
    to,
    by.join(', '),
    words(effects),
    words(undo),
  ]);
  const head = ['step', 'from', 'to', 'by', 'does', 'undone by'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
