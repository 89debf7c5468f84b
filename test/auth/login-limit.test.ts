import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  from,
  login,
  newEmail,
  registered,
  startAuthSubgraph,
  type AuthSubgraph,
} from './auth-subgraph.ts';

let auth: AuthSubgraph;
beforeAll(async () => {
  auth = await startAuthSubgraph();
});
afterAll(() => auth.close());

const WRONG = {
  __typename: 'InvalidCredentials',
  message: 'The e-mail address and the password do not match.',
};

const fail = async (times: number, email: string, address = '192.0.2.1') => {
  for (let n = 0; n < times; n++) {
    expect(await login(auth, email, 'wrong-password', from(address))).toEqual(WRONG);
  }
};

const age = (subject: string, interval: string) =>
  auth.database.query(
    'update login_attempt set first_failed_at = first_failed_at - $2::interval where subject = $1',
    [subject, interval],
  );

describe('failed logins', () => {
  test('of one account are limited to five, then even the right password has to wait', async () => {
    const { user } = await registered(auth);
    await fail(5, user.email, '192.0.2.10');
    for (const password of ['wrong-password', PASSWORD]) {
      const answer = await login(auth, user.email, password, from('192.0.2.11'));
      expect(answer).toEqual({
        __typename: 'TooManyAttempts',
        message: `Too many failed tries: wait ${answer.retryAfterSeconds} seconds, then try again.`,
        retryAfterSeconds: expect.any(Number),
      });
      expect(answer.retryAfterSeconds).toBeGreaterThan(890);
      expect(answer.retryAfterSeconds).toBeLessThanOrEqual(900);
    }
  });

  test('are forgotten fifteen minutes after the first one', async () => {
    const { user } = await registered(auth);
    await fail(4, user.email, '192.0.2.12');
    await age(user.email, '14 minutes');
    await fail(1, user.email, '192.0.2.12');
    const answer = await login(auth, user.email, PASSWORD, from('192.0.2.12'));
    expect(answer.__typename).toBe('TooManyAttempts');
    expect(answer.retryAfterSeconds).toBeLessThanOrEqual(60);
    await age(user.email, '1 minute');
    expect(await login(auth, user.email, PASSWORD, from('192.0.2.12'))).toMatchObject({
      __typename: 'AuthSession',
    });
  });

  test('begin a new window when the old one is over', async () => {
    const { user } = await registered(auth);
    await fail(5, user.email, '192.0.2.13');
    await age(user.email, '15 minutes');
    await fail(5, user.email, '192.0.2.13');
    expect(await login(auth, user.email, PASSWORD, from('192.0.2.13'))).toMatchObject({
      __typename: 'TooManyAttempts',
    });
  });

  test('of an account are forgotten when it logs in', async () => {
    const { user } = await registered(auth);
    for (let round = 0; round < 3; round++) {
      await fail(4, user.email, '192.0.2.14');
      expect(await login(auth, user.email, PASSWORD, from('192.0.2.14'))).toMatchObject({
        __typename: 'AuthSession',
      });
    }
  });

  test('count for an address in whatever case it is written', async () => {
    const { user } = await registered(auth);
    await fail(3, user.email.toUpperCase(), '192.0.2.15');
    await fail(2, ` ${user.email} `, '192.0.2.15');
    expect(await login(auth, user.email, PASSWORD)).toMatchObject({
      __typename: 'TooManyAttempts',
    });
  });

  test('are limited for accounts that do not exist, too', async () => {
    const email = newEmail();
    await fail(5, email, '192.0.2.16');
    expect(await login(auth, email)).toMatchObject({ __typename: 'TooManyAttempts' });
  });

  test('from one address are limited to twenty, whatever the accounts', async () => {
    const { user } = await registered(auth);
    for (let n = 0; n < 20; n++) await fail(1, newEmail(), '192.0.2.17');
    expect(await login(auth, user.email, PASSWORD, from('192.0.2.17'))).toMatchObject({
      __typename: 'TooManyAttempts',
    });
    expect(await login(auth, user.email, PASSWORD, from('192.0.2.18'))).toMatchObject({
      __typename: 'AuthSession',
    });
  });

  test('that are made at the same time tell no more than five that they failed', async () => {
    const { user } = await registered(auth);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        login(auth, user.email, 'wrong-password', from(`198.51.100.${n}`)),
      ),
    );
    expect(answers.filter(({ __typename }) => __typename === 'InvalidCredentials')).toHaveLength(5);
    expect(answers.filter(({ __typename }) => __typename === 'TooManyAttempts')).toHaveLength(25);
  });

  test('do not happen when twelve log in rightly at the same time', async () => {
    const { user } = await registered(auth);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => login(auth, user.email, PASSWORD, from('192.0.2.19'))),
    );
    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(12).fill('AuthSession'));
  });

  test('leave nothing behind when their windows are over', async () => {
    await auth.database.query(
      `insert into login_attempt select 'address', n::text, 1, now() - interval '1 hour' from generate_series(1, 15) n`,
    );
    await fail(2, newEmail(), '192.0.2.20');
    const { rows } = await auth.database.query(
      `select count(*)::int as n from login_attempt where first_failed_at < now() - interval '30 minutes'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  test.each([
    '',
    'nobody',
    'a\0b@example.com',
    `${'a'.repeat(300)}@example.com`,
    'x'.repeat(100_000),
  ])('with something that is no e-mail address fail as plainly as others (%#)', async (email) => {
    expect(await login(auth, email, 'wrong-password', from('203.0.113.1'))).toEqual(WRONG);
  });
});

test('a login takes as long for an unknown e-mail as for a known one', async () => {
  // At cost 10 bcrypt takes much longer than all else of a login.
  const slow = await startAuthSubgraph({ BCRYPT_COST: '10' });
  try {
    const { user } = await registered(slow);
    const time = async (email: string) => {
      const began = performance.now();
      await login(slow, email, 'wrong-password');
      return performance.now() - began;
    };
    // In turns, and only the fastest of each counts: other work on the machine makes single tries slower.
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let n = 0; n < 8; n++) {
      await slow.database.query('delete from login_attempt');
      known.push(await time(user.email));
      unknown.push(await time(newEmail()));
    }
    const ratio = Math.min(...unknown) / Math.min(...known);
    // Without the work of bcrypt an answer would take a tenth of the time.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  } finally {
    await slow.close();
  }
});
