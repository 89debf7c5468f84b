import { expect, test } from 'vitest';
import { authMove } from '../../../migration/moves/auth.ts';
import { differingFields, HIDDEN } from '../../../migration/verification/differing-fields.ts';

const secrets = authMove.kinds[0]?.secrets;
const account = (email: string, passwordHash: string, ...hashes: string[]) =>
  JSON.stringify({ email, passwordHash, refreshTokens: hashes.map((hash) => ({ id: 1, hash })) });

test('hashes of passwords and tokens that differ are named, and not shown', () => {
  const fields = differingFields(
    account('a@example.com', '$2b$one', 'first', 'second'),
    account('b@example.com', '$2b$two', 'other'),
    secrets,
  );
  expect(fields).toEqual([
    { path: 'email', legacy: 'a@example.com', new: 'b@example.com' },
    { path: 'passwordHash', legacy: HIDDEN, new: HIDDEN },
    { path: 'refreshTokens[0].hash', legacy: HIDDEN, new: HIDDEN },
    { path: 'refreshTokens[1]', legacy: { id: 1, hash: HIDDEN }, new: null },
  ]);
});

test('a secret that is only on one side is told to be absent on the other', () => {
  const [one] = differingFields('{"passwordHash":"x"}', '{}', secrets);
  expect(one).toEqual({ path: 'passwordHash', legacy: HIDDEN, new: null });
});

test('long values are shortened', () => {
  const [one] = differingFields(`{"note":"${'x'.repeat(200)}"}`, '{"note":""}');
  expect(one).toEqual({ path: 'note', legacy: `${'x'.repeat(100)}…`, new: '' });
});
