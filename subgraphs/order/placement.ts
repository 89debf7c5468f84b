import { createHash } from 'node:crypto';
import { storedText } from '#platform/database/stored-text.ts';
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
    idempotencyKey: storedText(input.idempotencyKey),
    items,
    address,
    requestHash: requestHash(items, address),
  };
}

function addressFrom(to: AddressInput): Address {
  return {
    name: storedText(to.name),
    line1: storedText(to.line1),
    line2: storedText(to.line2 ?? '') || null,
    city: storedText(to.city),
    region: storedText(to.region ?? '') || null,
    postalCode: storedText(to.postalCode),
    country: to.country.trim().toUpperCase(),
  };
}

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
