import { expect, test } from 'vitest';
import { OwnershipRefused } from '#platform/moves/ownership.ts';
import { atOwner } from '../../subgraphs/legacy/monolith/at-owner.ts';

/** Refuses once for each of these owners, and then does it. */
function refusedBy(...owners: ('legacy' | 'new' | 'moving')[]) {
  const left = [...owners];
  return async () => {
    const owner = left.shift();
    if (owner !== undefined) throw new OwnershipRefused('inventory', owner);
    return 'done';
  };
}
const never = () => Promise.reject(new Error('nobody should have come here'));

test('what changes sides while it is asked for is done where it is in the end', async () => {
  expect(await atOwner('inventory', refusedBy('moving'), never)).toBe('done');
  expect(await atOwner('inventory', refusedBy('new'), refusedBy())).toBe('done');
  expect(await atOwner('inventory', refusedBy('new', 'new'), refusedBy('moving'))).toBe('done');
  // It comes back while the other side is asked.
  expect(await atOwner('inventory', refusedBy('new'), refusedBy('legacy'))).toBe('done');
});

test('what only the other side does, or another move refuses, is not waited for', async () => {
  const refused = { code: 'NOT_OWNER', owner: 'new' };
  await expect(atOwner('inventory', refusedBy('new'), undefined)).rejects.toMatchObject(refused);
  await expect(atOwner('order', refusedBy('new'), never)).rejects.toMatchObject(refused);
  const there = () => Promise.reject(new OwnershipRefused('upload', 'legacy'));
  await expect(atOwner('inventory', refusedBy('new'), there)).rejects.toMatchObject({
    move: 'upload',
  });
});
