import { createHash } from 'node:crypto';
import { checkRules, lengthWithin, type Rule } from '../rules.ts';
import { itemRules } from '../stock/service.ts';
import type { PlaceBody } from './schemas.ts';

/** An order as it is asked for: checked, trimmed, ids in lower case. */
export interface Placement {
  readonly idemKey: string;
  readonly items: readonly { readonly productId: string; readonly qty: number }[];
  readonly shipTo: {
    readonly shipName: string;
    readonly shipAddr1: string;
    readonly shipAddr2: string | null;
    readonly shipCity: string;
    readonly shipState: string | null;
    readonly shipZip: string;
    readonly shipCountry: string;
  };
  /** SHA-256 of items and address: equal for equal requests. */
  readonly hash: string;
}

const orNull = (text: string | null | undefined) => text?.trim() || null;

/** Reads a request to place an order. @throws 422 VALIDATION */
export function placementFrom(body: PlaceBody): Placement {
  checkRules([
    ['idem_key', lengthWithin(body.idem_key, 8, 100), 'must be 8 to 100 characters long'],
    ...itemRules(body.items),
    ...addressRules(body.ship_to),
  ]);
  const items = body.items.map(({ product_id, qty }) => ({
    productId: product_id.toLowerCase(),
    qty,
  }));
  const { ship_to: to } = body;
  const shipTo = {
    shipName: to.name.trim(),
    shipAddr1: to.addr1.trim(),
    shipAddr2: orNull(to.addr2),
    shipCity: to.city.trim(),
    shipState: orNull(to.state),
    shipZip: to.zip.trim(),
    shipCountry: to.country.trim().toUpperCase(),
  };
  const hash = createHash('sha256')
    .update(JSON.stringify([items, shipTo]))
    .digest('hex');
  return { idemKey: body.idem_key.trim(), items, shipTo, hash };
}

function addressRules(to: PlaceBody['ship_to']): Rule[] {
  const text = (name: string, value: string | null | undefined, minimum: number, maximum: number) =>
    [
      `ship_to.${name}`,
      lengthWithin(value ?? '', minimum, maximum),
      minimum > 0
        ? `must be ${minimum} to ${maximum} characters long`
        : `must be at most ${maximum} characters long`,
    ] as const;
  return [
    text('name', to.name, 1, 100),
    text('addr1', to.addr1, 1, 200),
    text('addr2', to.addr2, 0, 200),
    text('city', to.city, 1, 100),
    text('state', to.state, 0, 100),
    text('zip', to.zip, 1, 20),
    [
      'ship_to.country',
      /^[a-z]{2}$/i.test(to.country.trim()),
      'must be a country code of two letters, such as JP',
    ],
  ];
}
