import {
  BY_ID,
  CHANGE_PASSWORD,
  LOGIN,
  LOGOUT,
  LOGOUT_EVERYWHERE,
  ME,
  PASSWORD,
  REFRESH,
  REGISTER,
  UPDATE_PROFILE,
  USERS,
} from '../../behaviour/auth-operations.ts';
import { cursorOf, ODD_CURSORS, ODD_IDS, type ParityCase } from './cases.ts';
import { UNKNOWN_ID, type ParitySide, type Seeded } from './sides.ts';
import { around, named, ODD_TEXTS } from './texts.ts';

/** Reading accounts, before any of them has been changed. */
export function authReads({ users }: Seeded): ParityCase[] {
  const [{ id } = { id: '' }] = users;
  const filters: unknown[] = [
    null,
    {},
    { role: null, search: null },
    { role: 'ADMIN' },
    { search: 'EXAMPLE.com' },
    { search: '@' },
    { search: 'x'.repeat(200) },
    { search: 'x'.repeat(201) },
    { search: '𝕏'.repeat(200) },
    { search: '𝕏'.repeat(201) },
    ...ODD_TEXTS.map((search) => ({ search })),
  ];
  const pages: Record<string, unknown>[] = [
    ...[null, 0, -1, 1, 100, 101, 2_147_483_647, -2_147_483_648].map((first) => ({ first })),
    ...ODD_CURSORS,
    ...[0, -1, 1.5, 253_370_764_800_000, 253_402_128_000_000, 253_402_128_000_001].map((time) => ({
      after: cursorOf('users', time, id),
    })),
    ...[-62_135_510_400_000, -62_135_510_400_001, 2 ** 53].map((time) => ({
      after: cursorOf('users', time, id),
    })),
    { after: cursorOf('users', Date.now(), id.toUpperCase()) },
    { first: 0, after: 'x', filter: { search: '\0' } },
  ];
  return [
    ...filters.map((filter): ParityCase => [
      `users by ${named(filter)}`,
      (side) => side.ask(USERS, { first: 5, filter }, 'admin'),
    ]),
    ...pages.map((page): ParityCase => [
      `users, page ${named(page)}`,
      (side) => side.ask(USERS, { ...page }, 'admin'),
    ]),
    ...(['nobody', 'customer', 'staff'] as const).flatMap((asker): ParityCase[] => [
      [`users for ${asker}`, (side) => side.ask(USERS, { first: 0 }, asker)],
      [`an account for ${asker}`, (side) => side.ask(BY_ID, { id }, asker)],
      [`me for ${asker}`, (side) => side.ask(ME, {}, asker)],
      [`no account for ${asker}`, (side) => side.ask(BY_ID, { id: UNKNOWN_ID }, asker)],
    ]),
    ...[...ODD_IDS, id.toUpperCase()].map((odd): ParityCase => [
      `an account by ${named(odd)}`,
      (side) => side.ask(BY_ID, { id: odd }, 'staff'),
    ]),
  ];
}

const register = (input: Record<string, unknown>) => (side: ParitySide) =>
  side.ask(REGISTER, { input: { password: PASSWORD, displayName: 'Odd', ...input } });

/** Registering and logging in. */
export function authWrites(): ParityCase[] {
  let number = 0;
  const email = () => `odd-${++number}@parity.example`;
  const emails = [
    ...ODD_TEXTS,
    ...ODD_TEXTS.map((text) => `${text.slice(0, 200)}@parity.example`),
    ...ODD_TEXTS.map((text) => `a@${text.slice(0, 200)}.example`),
    ...[241, 242, 243].flatMap((length) =>
      ['x', 'é', '𝕏', 'İ'].map((letter) => `${letter.repeat(length)}@example.com`),
    ),
    ...['𝕏', 'İ'].map((letter) => `${letter.repeat(121)}@example.com`),
    ' Spaces@Parity.example ',
    'spaces@parity.example',
    'a@b',
    'a@b.',
    'a@.b',
    'a@b..c',
    'a@@b.c',
    '@b.c',
    'a@b.c@d.e',
    'CUSTOMER@EXAMPLE.COM',
    'cuſtomer@example.com',
  ];
  return [
    ...emails.map((odd): ParityCase => [
      `registering e-mail ${named(odd)}`,
      register({ email: odd }),
    ]),
    ...[...ODD_TEXTS, ...around(8), ...around(36), ...around(72)].map((password): ParityCase => [
      `registering password ${named(password)}, and logging in by it`,
      bothSteps(email(), password),
    ]),
    ...[...ODD_TEXTS, ...around(100)].map((displayName): ParityCase => [
      `registering name ${named(displayName)}`,
      register({ email: email(), displayName }),
    ]),
    ...[null, ...LOCALES, ...ODD_TEXTS].map((locale): ParityCase => [
      `registering locale ${named(locale)}`,
      register({ email: email(), locale }),
    ]),
    ...[...ODD_TEXTS, ...emails.slice(-15)].map((odd): ParityCase => [
      `logging in as ${named(odd)}`,
      (side) => side.ask(LOGIN, { input: { email: odd, password: 'wrong-password' } }),
    ]),
    ...['Nobody@parity.example', 'no address', 'no\0address@parity.example'].map(
      (odd): ParityCase => [
        `logging in as ${named(odd)} until it is too often`,
        async (side) => {
          const input = { email: odd, password: 'wrong-password' };
          const answers: unknown[] = [];
          for (let n = 0; n < 7; n++) answers.push(await side.ask(LOGIN, { input }));
          return answers;
        },
      ],
    ),
  ];
}

const LOCALES = ['en', 'EN-gb', 'ja_JP', 'i-klingon', 'x-private', 'en-u-ca-buddhist', 'zz', 'e'];

const bothSteps = (email: string, password: string) => async (side: ParitySide) => {
  const registered = await register({ email, password })(side);
  return [registered, await side.ask(LOGIN, { input: { email, password } })];
};

/** Changing one's own account. */
export function profileWrites(): ParityCase[] {
  const texts = (field: string, values: readonly unknown[]) =>
    values.map((value): ParityCase => [
      `changing ${field} to ${named(value)}`,
      (side) => side.ask(UPDATE_PROFILE, { input: { [field]: value } }, 'own'),
    ]);
  const phones = [
    '81312345678',
    '+0312345678',
    '+81 3 1234',
    '+81312345678\n',
    '+８１３１２３４５',
  ];
  const digits = [1, 2, 5, 6, 7, 8, 14, 15, 16].map((length) => `+${'8'.repeat(length)}`);
  return [
    ...texts('displayName', [null, ...ODD_TEXTS, ...around(100)]),
    ...texts('phone', [null, ...phones, ...digits, ...ODD_TEXTS]),
    ...texts('locale', [null, ...LOCALES, ...ODD_TEXTS]),
    ...texts('email', [null, 'customer@example.com', ' OWN@parity.example', ...ODD_TEXTS]),
    ['changing nothing', (side) => side.ask(UPDATE_PROFILE, { input: {} }, 'own')],
    [
      'breaking all rules',
      (side) => {
        const input = { email: 'a\0', displayName: '\0', phone: '\0', locale: '\0' };
        return side.ask(UPDATE_PROFILE, { input }, 'own');
      },
    ],
    ['changing as nobody', (side) => side.ask(UPDATE_PROFILE, { input: {} })],
  ];
}

/** Sessions and passwords. They come last: the account's own session ends. */
export function sessionWrites(): ParityCase[] {
  const again = async (side: ParitySide, query: string, refreshToken: string) =>
    side.ask(query, { input: { refreshToken } });
  return [
    ...ODD_TEXTS.flatMap((token): ParityCase[] => [
      [`refreshing by ${named(token)}`, (side) => again(side, REFRESH, token)],
      [`logging out by ${named(token)}`, (side) => again(side, LOGOUT, token)],
    ]),
    ...ODD_TEXTS.map((currentPassword): ParityCase => [
      `changing the password ${named(currentPassword)}`,
      (side) => {
        const input = { currentPassword, newPassword: PASSWORD };
        return side.ask(CHANGE_PASSWORD, { input }, 'own');
      },
    ]),
    ...[...ODD_TEXTS, ...around(72)].map((newPassword): ParityCase => [
      `changing a wrong password to ${named(newPassword)}`,
      (side) => {
        const input = { currentPassword: 'not-the-password', newPassword };
        return side.ask(CHANGE_PASSWORD, { input }, 'own');
      },
    ]),
    ['changing the password as nobody', (side) => side.ask(CHANGE_PASSWORD, { input: NEW })],
    ['ending sessions as nobody', (side) => side.ask(LOGOUT_EVERYWHERE, { input: {} })],
    ['using a refresh token twice', reuse],
    ...[...ODD_TEXTS.slice(0, 20), null].map((keepRefreshToken): ParityCase => [
      `ending all sessions but ${named(keepRefreshToken)}`,
      (side) => side.ask(LOGOUT_EVERYWHERE, { input: { keepRefreshToken } }, 'own'),
    ]),
    ['changing the password', (side) => side.ask(CHANGE_PASSWORD, { input: NEW }, 'own')],
    ['logging out of an ended session', (side) => again(side, LOGOUT, side.own.refreshToken)],
  ];
}

const NEW = { currentPassword: PASSWORD, newPassword: 'another-password' };

async function reuse(side: ParitySide): Promise<unknown> {
  const input = { email: 'reuse@parity.example', password: PASSWORD, displayName: 'Reuse' };
  const { data } = await side.askRaw(REGISTER, { input });
  const first = { input: { refreshToken: data.register.refreshToken } };
  const second = await side.askRaw(REFRESH, first);
  const next = { input: { refreshToken: second.data.refresh.refreshToken } };
  return [
    await side.ask(REFRESH, first),
    await side.ask(REFRESH, next),
    await side.ask(LOGOUT, next),
    await side.ask(LOGOUT, first),
  ];
}
