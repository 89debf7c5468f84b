import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  BY_ID,
  CHANGE_PASSWORD,
  DELETE_ACCOUNT,
  ENDED,
  INVALID_INPUT,
  LOGOUT_EVERYWHERE,
  ME,
  NOT_LOGGED_IN,
  PASSWORD,
  REGISTER,
  UPDATE_PROFILE,
  USERS,
  WRONG_LOGIN,
  faultOf,
  operations,
  type Session,
} from './auth-operations.ts';
import type { BehaviourStack } from './behaviour-stack.ts';

const WRONG_PASSWORD = {
  __typename: 'InvalidCredentials',
  message: 'The current password is not right.',
};
const notFound = (id: string) => ({
  __typename: 'NotFound',
  message: 'There is no account with this id.',
  id,
});
const deleted = (id: string) => ({ __typename: 'DeleteAccountPayload', deletedId: id });
const DELETED_AT = 'query ($id: ID!) { user(id: $id) { displayName email phone deletedAt } }';

/** Deleting accounts. */
export function deletionBehaviour(stack: () => BehaviourStack): void {
  const { send, login, refresh, register } = operations(stack);
  const remove = (input: Record<string, unknown>, token: string) =>
    send(DELETE_ACCOUNT, { input }, token);
  const admin = () => stack().login('admin@example.com');

  test('ends the account: its sessions, its password and its e-mail address, which is free again', async () => {
    const first = await register();
    const other = await login(first.user.email);
    const { id, email } = first.user;
    expect(await remove({ currentPassword: PASSWORD }, first.accessToken)).toEqual(deleted(id));
    for (const { refreshToken } of [first, other]) {
      expect(await refresh(refreshToken)).toEqual(ENDED);
    }
    expect(await login(email)).toEqual(WRONG_LOGIN);
    const input = { email, password: PASSWORD, displayName: 'Somebody else' };
    const again: Session = await send(REGISTER, { input });
    expect(again.user).toMatchObject({ email, displayName: 'Somebody else' });
    expect(again.user.id).not.toBe(id);
    expect(await send(ME, {}, again.accessToken)).toEqual(again.user);
  });

  test('leaves an id without a person, which nobody logs in with, takes over or fills again', async () => {
    const { accessToken, user } = await register();
    const { id, createdAt } = user;
    const profile = { displayName: 'Ada', phone: '+81312345678', locale: 'ja' };
    await send(UPDATE_PROFILE, { input: profile }, accessToken);
    await remove({ currentPassword: PASSWORD }, accessToken);
    const left = {
      id,
      email: null,
      displayName: 'Deleted account',
      role: 'CUSTOMER',
      phone: null,
      locale: 'en',
      createdAt,
      updatedAt: expect.any(String),
    };
    const staff = await stack().login('staff@example.com');
    expect(await send(BY_ID, { id }, staff)).toEqual(left);
    expect((await send(DELETED_AT, { id }, staff)).deletedAt).toBe(
      (await send(BY_ID, { id }, staff)).updatedAt,
    );
    for (const email of [`deleted:${id}`, 'Deleted account']) {
      expect(await login(email, 'deleted')).toEqual(WRONG_LOGIN);
      const input = { email, password: PASSWORD, displayName: 'Thief' };
      expect(await send(REGISTER, { input })).toMatchObject({ __typename: 'InvalidInput' });
    }

    // The access token outlives the account by minutes.
    expect(await send(ME, {}, accessToken)).toBeNull();
    for (const input of [{ displayName: 'Ada' }, {}]) {
      const refused = await stack().graphql(UPDATE_PROFILE, { input }, { token: accessToken });
      expect(faultOf(refused)).toEqual([
        'UNAUTHENTICATED',
        'This account does not exist: log in again.',
      ]);
    }
    const passwords = { currentPassword: 'deleted', newPassword: PASSWORD };
    expect(await send(CHANGE_PASSWORD, { input: passwords }, accessToken)).toEqual(WRONG_PASSWORD);
    expect(await send(LOGOUT_EVERYWHERE, { input: {} }, accessToken)).toEqual({
      revokedSessions: 0,
    });
    expect(await send(BY_ID, { id }, staff)).toEqual(left);
  });

  test('needs the password of the account; done again it changes nothing', async () => {
    const { accessToken, user } = await register();
    const mine = (input: Record<string, unknown>) => remove(input, accessToken);
    expect(await mine({ currentPassword: 'wrong-password' })).toEqual(WRONG_PASSWORD);
    expect(await mine({ id: user.id, currentPassword: '' })).toEqual(WRONG_PASSWORD);
    for (const input of [{}, { id: user.id }, { id: null, currentPassword: null }]) {
      expect(await mine(input)).toEqual({
        __typename: 'InvalidInput',
        message: INVALID_INPUT,
        fields: [{ path: 'currentPassword', message: 'is needed to delete your own account' }],
      });
    }
    expect(await send(ME, {}, accessToken)).toEqual(user);
    const right = { id: user.id.toUpperCase(), currentPassword: PASSWORD };
    expect(await mine(right)).toEqual(deleted(user.id));
    const staff = await stack().login('staff@example.com');
    const once = await send(DELETED_AT, { id: user.id }, staff);
    expect(await mine(right)).toEqual(deleted(user.id));
    expect(await send(DELETED_AT, { id: user.id }, staff)).toEqual(once);
  });

  test('of somebody else is for admins, who need no password', async () => {
    const [{ user }, stranger] = [await register(), await register()];
    const { id } = user;
    const input = { id, currentPassword: PASSWORD };
    for (const token of [stranger.accessToken, await stack().login('staff@example.com')]) {
      expect(await remove(input, token)).toEqual(notFound(id));
    }
    expect(faultOf(await stack().graphql(DELETE_ACCOUNT, { input }))).toEqual(NOT_LOGGED_IN);
    expect(await login(user.email)).toMatchObject({ __typename: 'AuthSession' });
    const token = await admin();
    expect(await remove({ id }, token)).toEqual(deleted(id));
    expect(await remove({ id }, token)).toEqual(deleted(id));
    expect(await login(user.email)).toEqual(WRONG_LOGIN);
    expect(await login(stranger.user.email)).toMatchObject({ __typename: 'AuthSession' });
    const unknown = randomUUID();
    expect(await remove({ id: unknown }, token)).toEqual(notFound(unknown));
    expect(await remove({}, token)).toMatchObject({ __typename: 'InvalidInput' });
    const misshapen = await stack().graphql(DELETE_ACCOUNT, { input: { id: 'x' } }, { token });
    expect(faultOf(misshapen)).toEqual(['BAD_USER_INPUT', 'input.id: must be a UUID']);
  });

  test('takes an account from the list of all to that of the deleted', async () => {
    const [first, second, kept] = [await register(), await register(), await register()];
    const token = await admin();
    const idsOf = async (filter: Record<string, unknown>) => {
      const { nodes, totalCount } = await send(USERS, { first: 100, filter }, token);
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ id }: { id: string }) => id);
    };
    const ids = [first, second, kept].map(({ user }) => user.id);
    const [one, two, three] = ids as [string, string, string];
    await remove({ id: one }, token);
    const { deletedAt } = await send(DELETED_AT, { id: one }, token);
    await remove({ id: two }, token);
    const search = { search: '@behaviour.example' };
    const left = (await idsOf(search)).filter((id: string) => ids.includes(id));
    expect(left).toEqual([three]);
    // Newest first, by when they were registered.
    expect(await idsOf({ deletedSince: deletedAt })).toEqual([two, one]);
    for (const first of ['0000-01-01T00:00:00Z', '1970-01-01T00:00:00Z']) {
      expect(await idsOf({ deletedSince: first })).toEqual(expect.arrayContaining([two, one]));
    }
    expect(await idsOf({ deletedSince: '9999-12-31T23:59:59.999Z' })).toEqual([]);
    expect(await idsOf({ deletedSince: deletedAt, role: 'STAFF' })).toEqual([]);
  });

  test('is said of it to itself and to staff', async () => {
    const { accessToken, user } = await register();
    const { id } = user;
    expect(await send(DELETED_AT, { id }, accessToken)).toMatchObject({ deletedAt: null });
    await remove({ currentPassword: PASSWORD }, accessToken);
    for (const token of [accessToken, await admin()]) {
      expect(await send(DELETED_AT, { id }, token)).toEqual({
        displayName: 'Deleted account',
        email: null,
        phone: null,
        deletedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    }
  });

  test('leaves its orders, which still name it', async () => {
    const token = await admin();
    const orders = '{ orders(first: 100) { nodes { id customer { id email role } } } }';
    const { nodes } = await send(orders, {}, token);
    const order = nodes.find(
      ({ customer }: { customer: { email: string; role: string } }) =>
        customer.email !== 'customer@example.com' && customer.role === 'CUSTOMER',
    );
    const { id } = order.customer;
    expect(await remove({ id }, token)).toEqual(deleted(id));
    const query =
      'query ($id: ID!) { order(id: $id) { id customer { id displayName email phone deletedAt } } }';
    expect(await send(query, { id: order.id }, token)).toEqual({
      id: order.id,
      customer: {
        id,
        displayName: 'Deleted account',
        email: null,
        phone: null,
        deletedAt: expect.any(String),
      },
    });
  });
}
