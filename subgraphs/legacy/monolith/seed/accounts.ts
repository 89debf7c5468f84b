import { DAY, HOUR, jst, REFERENCE, SHOP_OPENED, SHOP_PREPARED } from './clock.ts';
import type { TableLoad } from './copy.ts';
import { openRandom, type Random } from './random.ts';
import { HOME_REGION, REGIONS, type Region } from './words/people.ts';

/** bcrypt, cost 10, of `demo-password`: the password of every account. */
const PASSWORD_HASH = '$2b$10$oVDDEdKGPAqLGgqHybZP1uTCrDvqeF/OQBznFMCRsT8soUOB7qCha';

/** The accounts that people are told of; they come first. */
const DEMO_ACCOUNTS = [
  { email: 'customer@example.com', name: 'Casey Morgan', ascii: 'casey.morgan', role: 'CUST' },
  { email: 'staff@example.com', name: 'Robin Sato', ascii: 'robin.sato', role: 'STAFF' },
  { email: 'admin@example.com', name: 'Alex Rivera', ascii: 'alex.rivera', role: 'ADM' },
] as const;

/** The number of the demo customer among the accounts. */
export const DEMO_CUSTOMER = 0;
/** The accounts from here on are of people who happen to be there; the first is older than the first order. */
export const FIRST_STRANGER = DEMO_ACCOUNTS.length;
/** Of the other accounts every 60th belongs to staff. */
const STAFF_EVERY = 60;

/** A person as others write to them. */
export interface Person {
  readonly name: string;
  /** The name in lower-case ASCII letters and dots. */
  readonly ascii: string;
  readonly email: string;
  readonly phone: string | null;
  readonly region: Region;
}

/** The accounts of the demo data, by their numbers 0, 1, 2 … */
export interface Accounts {
  readonly count: number;
  id(account: number): string;
  createdAt(account: number): number;
  isCustomer(account: number): boolean;
  person(account: number): Person;
  readonly loads: readonly TableLoad[];
}

/** Draws the accounts. The first ones are the same at every scale. */
export function drawAccounts(count: number): Accounts {
  const ids = openRandom('account id');
  const people = openRandom('person');
  const times = drawTimes(count);
  const id = (account: number) => {
    ids.row(account);
    return ids.uuid();
  };
  const person = (account: number) => {
    people.row(account);
    return drawPerson(people, account);
  };
  const users: TableLoad = {
    table: 'app_users',
    columns: 'user_id email pwd_hash full_name role_cd tel lang created_at updated_at'.split(' '),
    *rows() {
      for (let account = 0; account < count; account++) {
        const { email, name, phone, region } = person(account);
        // Continues the numbers of the person.
        const language = people.chance(0.15) ? 'en' : region.language;
        const created = times[account] as number;
        const updated = people.chance(0.4)
          ? created + Math.floor(people.unit() * (REFERENCE - created))
          : created;
        const role = roleOf(account);
        yield [
          id(account),
          email,
          PASSWORD_HASH,
          name,
          role,
          phone,
          language,
          jst(created),
          jst(updated),
        ];
      }
    },
  };
  return {
    count,
    id,
    createdAt: (account) => times[account] as number,
    isCustomer: (account) => roleOf(account) === 'CUST',
    person,
    loads: [users],
  };
}

/** Half of the accounts are older than the shop's first order; the first ones are the oldest. */
function drawTimes(count: number): Float64Array {
  const random = openRandom('account time');
  const times = new Float64Array(count);
  for (let account = 0; account < count; account++) {
    random.row(account);
    const early = random.chance(0.5);
    const [from, to] = early ? [SHOP_PREPARED + DAY, SHOP_OPENED] : [SHOP_OPENED, REFERENCE];
    times[account] = from + Math.floor(random.unit() * (to - from));
  }
  for (let account = 0; account <= FIRST_STRANGER; account++) {
    times[account] = SHOP_PREPARED + account * HOUR;
  }
  return times;
}

function roleOf(account: number): 'CUST' | 'STAFF' | 'ADM' {
  const demo = DEMO_ACCOUNTS[account];
  if (demo) return demo.role;
  return account % STAFF_EVERY === STAFF_EVERY - 1 ? 'STAFF' : 'CUST';
}

function drawPerson(random: Random, account: number): Person {
  const demo = DEMO_ACCOUNTS[account];
  const region = demo ? HOME_REGION : random.pick(REGIONS);
  const [given, givenAscii] = spell(random.pick(region.given));
  const [family, familyAscii] = spell(random.pick(region.family));
  const [prefix, digits] = region.phone;
  const phone = random.digits(prefix + '#'.repeat(digits));
  if (demo) return { ...demo, phone, region };
  const host = random.pick(['example.com', 'example.org', 'example.net', 'mail.example']);
  const ascii = `${givenAscii}.${familyAscii}`;
  return {
    name: region.familyFirst ? `${family} ${given}` : `${given} ${family}`,
    ascii,
    email: `${ascii}.${account}@${host}`,
    phone: random.chance(0.6) ? phone : null,
    region,
  };
}

/** A name as it is written, and in lower-case ASCII letters. */
function spell(name: string): [written: string, ascii: string] {
  const [written = '', ascii] = name.split('/');
  if (ascii) return [written, ascii];
  const plain = written.replaceAll('ß', 'ss').replaceAll('ı', 'i').normalize('NFD');
  return [written, plain.replaceAll(/[^A-Za-z]/g, '').toLowerCase()];
}
