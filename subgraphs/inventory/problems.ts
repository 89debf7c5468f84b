import type { Shortage } from './allocation.ts';
import type { ReservationRow } from './repository/reservations.ts';

// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

export const outOfStock = (shortages: Shortage[]) => ({
  __typename: 'OutOfStock' as const,
  message: 'There is not enough stock: see `shortages`.',
  shortages,
});

type Status = ReservationRow['status'];

/** Says that a reservation cannot be changed that way any more. */
export const closedMessage = (status: Status) =>
  `The reservation is ${status.toLowerCase()}: it can no longer be changed that way.`;

export const reservationClosed = (status: Status) => ({
  __typename: 'ReservationClosed' as const,
  message: closedMessage(status),
  status,
});

export type OutOfStock = ReturnType<typeof outOfStock>;
export type ReservationClosed = ReturnType<typeof reservationClosed>;
