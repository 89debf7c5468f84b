/** What is to be paid. */
export interface Charge {
  /** The order: charging one twice charges it once. */
  readonly orderId: string;
  /** In minor units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Stands for a means of payment; made by the provider in the customer's browser. */
  readonly token: string;
}

/** What became of a charge. `unknown-token`: the provider never made this token. */
export type ChargeOutcome =
  | { readonly outcome: 'paid'; readonly reference: string }
  | { readonly outcome: 'declined' }
  | { readonly outcome: 'unknown-token' };

/**
 * Whoever moves the money. Both calls may be repeated, also by another process after a crash: the order's id
 * and the reference make them idempotent.
 */
export interface PaymentProvider {
  charge(charge: Charge): Promise<ChargeOutcome>;
  /** Gives the money of a charge back. */
  refund(reference: string): Promise<void>;
}

/** The provider for shops that sell nothing yet: `tok_ok` pays, `tok_declined` is declined. No money moves. */
export function builtInPaymentProvider(): PaymentProvider {
  return {
    charge: async ({ orderId, token }) => {
      if (token === 'tok_ok') return { outcome: 'paid', reference: `builtin_${orderId}` };
      if (token === 'tok_declined') return { outcome: 'declined' };
      return { outcome: 'unknown-token' };
    },
    refund: async () => {},
  };
}
