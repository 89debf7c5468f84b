import { expect, test } from 'vitest';
import { OwnershipRefused } from '#platform/moves/ownership.ts';
import { pastMoving } from '#platform/moves/past-moving.ts';

/** Is refused so often, and then says how often it was tried. */
const refusedTimes = (times: number, owner: 'moving' | 'legacy') => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw new OwnershipRefused('ai', owner, new Error(`try ${tries}`));
    return tries;
  };
};

test('what meets a change of sides is done again until that is over', async () => {
  expect(await pastMoving(5_000, refusedTimes(3, 'moving'))).toBe(4);
});

test('a change of sides that takes longer is told of', async () => {
  await expect(pastMoving(60, refusedTimes(1_000, 'moving'))).rejects.toMatchObject({
    code: 'MOVING',
  });
});

test('a change of sides that takes long is asked about ever more rarely', async () => {
  let tries = 0;
  const refused = async () => {
    tries += 1;
    throw new OwnershipRefused('ai', 'moving');
  };
  await expect(pastMoving(1_000, refused)).rejects.toThrow(OwnershipRefused);
  // After 10, 20, 40 and 80 ms at the earliest, and then at most eight times a second.
  expect(tries).toBeLessThan(15);
});

test('what the other side owns is not tried again, and no more is anything else', async () => {
  await expect(pastMoving(5_000, refusedTimes(1, 'legacy'))).rejects.toMatchObject({
    code: 'NOT_OWNER',
    cause: { message: 'try 1' },
  });
  const fault = new Error('the disk is full');
  await expect(pastMoving(5_000, () => Promise.reject(fault))).rejects.toBe(fault);
});
