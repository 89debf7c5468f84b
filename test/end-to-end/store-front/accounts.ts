import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import type { FrontEnd } from '../../clients/front-end/front-end.ts';
import {
  LoginDocument,
  MyAccountDocument,
  MyOrdersDocument,
  RegisterDocument,
  StoreHomeDocument,
  UpdateProfileDocument,
} from '../../clients/store-front/operations.generated.ts';
import { act, open, outcome, present, read } from '../front-end/screen.ts';
import type { RequestRecord } from '../requests.ts';
import { NEWCOMER, type Account } from './people.ts';

interface Given {
  /** A front end that nobody has logged in at. */
  readonly visit: () => FrontEnd;
  /** A front end that this account has logged in at. */
  readonly enter: (account: Account) => Promise<FrontEnd>;
  readonly taken: RequestRecord['taken'];
  /** By which the monolith signs access tokens. */
  readonly secretKey: string;
}

/** What people do with their accounts and sessions. */
export function accounts({ visit, enter, taken, secretKey }: Given): void {
  const registration = { ...NEWCOMER, displayName: 'Robin Vale' };

  test('who registers is logged in', async () => {
    const frontEnd = visit();
    const screen = await open(frontEnd, MyAccountDocument, {});
    expect(screen.now().me).toBeNull();
    const { register } = await act(frontEnd, RegisterDocument, { input: registration });
    frontEnd.session.begin(outcome(register, 'AuthSession'));
    await frontEnd.client.resetStore();
    const { me } = await screen.until((data) => data.me !== null);
    expect(me).toMatchObject({
      email: NEWCOMER.email,
      displayName: 'Robin Vale',
      role: 'CUSTOMER',
    });
    screen.leave();
  });

  test('a registration that cannot be is an outcome that a form can show', async () => {
    const again = await act(visit(), RegisterDocument, { input: registration });
    expect(outcome(again.register, 'EmailTaken').message).not.toBe('');
    const input = { email: 'nobody', password: 'short', displayName: ' ' };
    const bad = await act(visit(), RegisterDocument, { input });
    const paths = outcome(bad.register, 'InvalidInput').fields.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['displayName', 'email', 'password']);
    const wrong = await act(visit(), LoginDocument, {
      email: NEWCOMER.email,
      password: 'not this',
    });
    expect(outcome(wrong.login, 'InvalidCredentials').message).not.toBe('');
  });

  test('a change of profile shows at once, and then as the server has it', async () => {
    const frontEnd = await enter(NEWCOMER);
    const screen = await open(frontEnd, MyAccountDocument, {});
    const me = present(screen.now().me);
    taken();
    await frontEnd.client.mutate({
      mutation: UpdateProfileDocument,
      variables: { input: { displayName: '  Robin Hill ' } },
      optimisticResponse: {
        updateProfile: {
          __typename: 'UpdateProfileSuccess',
          user: { ...me, displayName: '  Robin Hill ' },
        },
      },
    });
    await screen.until((data) => data.me?.updatedAt !== me.updatedAt);
    expect(screen.shown.map((data) => data.me?.displayName)).toEqual([
      'Robin Vale',
      '  Robin Hill ',
      'Robin Hill',
    ]);
    expect(new Set(taken().map(({ operation }) => operation))).toEqual(new Set(['UpdateProfile']));
    screen.leave();
  });

  test('an access token that has expired is renewed once for all who notice it at the same time', async () => {
    const frontEnd = await enter(NEWCOMER);
    const { me } = await read(frontEnd, MyAccountDocument, {});
    const { refreshToken } = present(frontEnd.session.tokens());
    const accessToken = await expiredToken(present(me).id, secretKey);
    frontEnd.session.begin({ accessToken, refreshToken });
    taken();
    const [home, account, orders] = await Promise.all([
      read(frontEnd, StoreHomeDocument, {}, 'network-only'),
      read(frontEnd, MyAccountDocument, {}, 'network-only'),
      read(frontEnd, MyOrdersDocument, {}, 'network-only'),
    ]);
    for (const answer of [home, account, orders]) expect(answer.me?.id).toBe(me?.id);
    const renewals = taken().filter(({ operation }) => operation === 'RefreshSession');
    // By its hash, and then whole, as nobody had sent it before.
    expect(renewals.map(({ whole }) => whole)).toEqual([false, true]);
    expect(frontEnd.session.tokens()?.refreshToken).not.toBe(refreshToken);
    expect(frontEnd.faults).toEqual([]);
  });

  test('where the session was ended elsewhere, public pages still show, as to a visitor', async () => {
    const frontEnd = await enter(NEWCOMER);
    const { me } = await read(frontEnd, MyAccountDocument, {});
    const { refreshToken } = present(frontEnd.session.tokens());
    await frontEnd.logout();
    frontEnd.session.begin({
      accessToken: await expiredToken(present(me).id, secretKey),
      refreshToken,
    });
    const home = await read(frontEnd, StoreHomeDocument, {}, 'network-only');
    expect(home.me).toBeNull();
    expect(home.products?.nodes.length).toBeGreaterThan(0);
    expect(frontEnd.session.tokens()).toBeNull();
  });

  test('who logs out sees nothing of the account any more', async () => {
    const frontEnd = await enter(NEWCOMER);
    const screen = await open(frontEnd, MyOrdersDocument, {});
    expect(screen.now().me).not.toBeNull();
    await frontEnd.logout();
    await screen.until((data) => data.me === null);
    screen.leave();
  });
}

/** A token that was good an hour ago; the gateway takes the monolith's tokens whoever has the accounts. */
function expiredToken(userId: string, secretKey: string): Promise<string> {
  return new SignJWT({ user_id: userId, role: 'CUST' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(new Date(Date.now() - 3_600_000))
    .sign(new TextEncoder().encode(secretKey));
}
