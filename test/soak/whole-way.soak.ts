import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWay, type Way } from '../end-to-end/whole-way/open-way.ts';

let way: Way;
beforeAll(async () => {
  way = await openWay();
}, 120_000);
afterAll(() => way?.close(), 120_000);

test('one move after the other goes there and back, and no client notices', async () => {
  await expect(way.oneByOne()).resolves.toBeUndefined();
});

test('all moves go there and back at the same time, and no client notices', async () => {
  await expect(way.allAtOnce()).resolves.toBeUndefined();
});

test('everything that clients were told is there, once, by either API, and stock is what its ledger says', async () => {
  await expect(way.review()).resolves.toBeUndefined();
});
