import { createHash } from 'node:crypto';
import type { AddressInput, PlaceOrderInput } from './schema.generated.ts';

/** An order as it is asked for: trimmed, ids in lower case. */
export interface Placement {
  readonly idempotencyKey: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
  readonly address: Address;
  /** SHA-256 of items and address: equal for equal requests. */
  readonly requestHash: string;
}

interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly country: string;
}

/** Reads an input that breaks no rule. */
export function placementFrom(input: PlaceOrderInput): Placement {
  const items = input.items.map(({ productId, quantity }) => ({ productId, quantity }));
  const address = addressFrom(input.shippingAddress);
  return {
    idempotencyKey: kept(input.idempotencyKey),
    items,
    address,
    requestHash: requestHash(items, address),
  };
}

function addressFrom(to: AddressInput): Address {
  return {
    name: kept(to.name),
    line1: kept(to.line1),
    line2: kept(to.line2 ?? '') || null,
    city: kept(to.city),
    region: kept(to.region ?? '') || null,
    postalCode: kept(to.postalCode),
    country: to.country.trim().toUpperCase(),
  };
}

/** Half of a surrogate pair becomes U+FFFD, as it does on its way into a text column: jsonb refuses it. */
const kept = (text: string) => text.trim().toWellFormed();

/**
 * The names are those of the first program that made such hashes: orders keep theirs for ever, so an order that
 * was placed by it is known again when its request is repeated. Never change them.
 */
function requestHash(items: Placement['items'], to: Address): string {
  const lines = items.map(({ productId, quantity }) => ({ productId, qty: quantity }));
  const shipTo = {
    shipName: to.name,
    shipAddr1: to.line1,
    shipAddr2: to.line2,
    shipCity: to.city,
    shipState: to.region,
    shipZip: to.postalCode,
    shipCountry: to.country,
  };
  return createHash('sha256')
    .update(JSON.stringify([lines, shipTo]))
    .digest('hex');
}
