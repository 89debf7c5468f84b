/** Where an order stands, as the monolith spells it. */
export const ORDER_STATUSES = ['NEW', 'CONF', 'PAID', 'SHIP', 'DLVD', 'CANC', 'RETD'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What can be done with an order. */
export const ORDER_STEPS = ['confirm', 'pay', 'ship', 'deliver', 'cancel', 'return'] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

/** Who takes a step: the customer of the order, or whoever runs the store. */
export type Actor = 'customer' | 'staff';

/** The column that notes when an order reached a status. */
type TimeColumn =
  | 'confirmedAt'
  | 'paidAt'
  | 'shippedAt'
  | 'deliveredAt'
  | 'cancelledAt'
  | 'returnedAt';

interface Step {
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
  readonly by: readonly Actor[];
  readonly timeColumn: TimeColumn;
  /** What has been done when the step is taken: completes "An order … cannot be …". */
  readonly participle: string;
}

/** The life of an order. What is not in this table cannot be done. */
export const WORKFLOW: Readonly<Record<OrderStep, Step>> = {
  confirm: {
    from: ['NEW'],
    to: 'CONF',
    by: ['staff'],
    timeColumn: 'confirmedAt',
    participle: 'confirmed',
  },
  pay: { from: ['CONF'], to: 'PAID', by: ['customer'], timeColumn: 'paidAt', participle: 'paid' },
  ship: {
    from: ['PAID'],
    to: 'SHIP',
    by: ['staff'],
    timeColumn: 'shippedAt',
    participle: 'shipped',
  },
  deliver: {
    from: ['SHIP'],
    to: 'DLVD',
    by: ['staff'],
    timeColumn: 'deliveredAt',
    participle: 'delivered',
  },
  cancel: {
    from: ['NEW', 'CONF', 'PAID'],
    to: 'CANC',
    by: ['customer', 'staff'],
    timeColumn: 'cancelledAt',
    participle: 'cancelled',
  },
  return: {
    from: ['DLVD'],
    to: 'RETD',
    by: ['customer', 'staff'],
    timeColumn: 'returnedAt',
    participle: 'returned',
  },
};

/** The statuses in words that a customer reads. */
const STATUS_WORDS: Readonly<Record<OrderStatus, string>> = {
  NEW: 'placed',
  CONF: 'confirmed',
  PAID: 'paid',
  SHIP: 'shipped',
  DLVD: 'delivered',
  CANC: 'cancelled',
  RETD: 'returned',
};

/** Whether a step leads out of a status. */
export function isLegal(step: OrderStep, status: OrderStatus): boolean {
  return WORKFLOW[step].from.includes(status);
}

/** Why a step is not possible, in a sentence for the person who tried. */
export function illegalStepMessage(step: OrderStep, status: OrderStatus): string {
  return `An order that is ${STATUS_WORDS[status]} cannot be ${WORKFLOW[step].participle}.`;
}
