import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COUNTED_LEASE } from '#platform/moves/leases.ts';
import { createLease, type Lease } from '../../../gateway/routing/lease.ts';

let lease: Lease;
beforeEach(() => {
  lease = createLease();
});
afterEach(() => lease.close());

/** How long the wait for a lease took, and what it brought. */
async function wait() {
  const began = performance.now();
  const isHeld = await lease.wait();
  return { isHeld, took: performance.now() - began };
}

test('a lease is counted from when it was asked for', async () => {
  expect(lease.isHeld()).toBe(false);
  lease.granted(performance.now() - COUNTED_LEASE + 50);
  expect(lease.isHeld()).toBe(true);
  await sleep(60);
  expect(lease.isHeld()).toBe(false);
  lease.granted(performance.now() - COUNTED_LEASE - 1);
  expect(lease.isHeld()).toBe(false);
});

test('whoever waits goes on when it is granted', async () => {
  const waiting = [wait(), wait()];
  await sleep(100);
  lease.granted(performance.now());
  for (const { isHeld, took } of await Promise.all(waiting)) {
    expect(isHeld).toBe(true);
    expect(took).toBeLessThan(1_500);
  }
});

test('it is waited for two seconds from when it was missed first, not by everybody anew', async () => {
  const first = await wait();
  expect(first.isHeld).toBe(false);
  expect(first.took).toBeGreaterThan(1_900);
  expect((await wait()).took).toBeLessThan(100);
  lease.granted(performance.now() - COUNTED_LEASE + 20);
  await sleep(30);
  expect((await wait()).took).toBeGreaterThan(1_900);
});
