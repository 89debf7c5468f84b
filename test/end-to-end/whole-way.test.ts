import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWay, type Way } from './whole-way/open-way.ts';

// Once: `npm run soak -- whole-way` goes twice, first with one move after the other.
let way: Way;
beforeAll(async () => {
  way = await openWay();
}, 120_000);
afterAll(() => way?.close(), 120_000);

test('all moves go there and back at the same time, and no client notices', async () => {
  await expect(way.allAtOnce()).resolves.toBeUndefined();
}, 400_000);

test('everything that clients were told is there, once, by either API, and stock is what its ledger says', async () => {
  await expect(way.review()).resolves.toBeUndefined();
}, 120_000);
