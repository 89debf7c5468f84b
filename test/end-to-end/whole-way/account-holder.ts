import type { Actor, Setting } from './actor.ts';
import type { Door, Session } from './door.ts';
import { expectEqual } from './findings.ts';

/** Rounds after which a wrong password is tried: few may be, from one address. */
const WRONG_PASSWORD_EVERY = 40;

/**
 * Has two accounts and two devices, changes everything about them that can be changed, and swaps their addresses. A guest comes and goes. Every session
 * stays valid until it is ended.
 */
export async function accountHolder({ name, door, findings }: Setting): Promise<Actor> {
  const people: Person[] = [];
  for (const which of ['one', 'two']) people.push(await person(name, which, door));
  const [one, two] = people as [Person, Person];
  let round = 0;

  async function changeName(who: Person): Promise<void> {
    who.displayName = `${name} ${round}`;
    const { accessToken } = who.desk;
    const change = { displayName: who.displayName };
    expectEqual('renamed', await door.changeProfile(accessToken, change), accountOf(who));
    await expectSelf(door, who);
  }

  async function changeEmail(who: Person, email: string): Promise<void> {
    who.email = email;
    const changed = await door.changeProfile(who.desk.accessToken, { email });
    expectEqual('another address', changed, accountOf(who));
    await expectSelf(door, who);
  }

  async function swapAddresses(): Promise<void> {
    const [first, second] = [one.email, two.email];
    await changeEmail(one, `${name}-${round}@swap.example`);
    await changeEmail(two, first);
    await changeEmail(one, second);
    await logInAndOut(one);
    await logInAndOut(two);
  }

  async function logInAndOut(who: Person): Promise<void> {
    const session = await door.login(who.email, who.password);
    expectEqual('who logged in', session?.userId, who.id);
    const { accessToken, refreshToken } = session as Session;
    expectEqual('logged in', await door.me(accessToken), accountOf(who));
    expectEqual('logged out', await door.logout(refreshToken), true);
    expectEqual('after the end of a session', await door.refresh(refreshToken), null);
  }

  async function changePassword(who: Person): Promise<void> {
    const [before, after] = [who.password, `password ${round}`];
    who.desk = await door.changePassword(who.desk.accessToken, before, after);
    who.password = after;
    expectEqual('another device', await door.refresh(who.phone.refreshToken), null);
    who.phone = (await door.login(who.email, after)) as Session;
    expectEqual('who logged in', who.phone?.userId, who.id);
    if (round % WRONG_PASSWORD_EVERY === 3) {
      expectEqual('the old password', await door.login(who.email, before), null);
    }
  }

  /** Somebody comes and goes again, each time with the address that has become free. */
  async function comeAndGo(): Promise<void> {
    const [email, password] = [`${name}-guest@whole-way.example`, `password ${round}`];
    const { userId, accessToken, refreshToken } = await door.register(email, password, 'Guest');
    expectEqual('who I am', (await door.me(accessToken)).id, userId);
    expectEqual('deleted', await door.deleteAccount(accessToken, password), userId);
    expectEqual('after the end of an account', await door.refresh(refreshToken), null);
  }

  return {
    async act() {
      const who = round % 2 === 0 ? one : two;
      await changeName(who);
      await renew(door, who);
      if (round % 3 === 0) await swapAddresses();
      if (round % 4 === 1) await changePassword(who);
      if (round % 4 === 3) await comeAndGo();
      await expectSelf(door, who);
      round += 1;
      findings.did(`${door.name}: accounts`);
    },
    async review(by) {
      for (const who of people) {
        await expectSelf(by, who);
        const session = await by.login(who.email, who.password);
        expectEqual('who logs in', session?.userId, who.id);
        await renew(by, who);
      }
    },
  };
}

interface Person {
  readonly id: string;
  email: string;
  password: string;
  displayName: string;
  desk: Session;
  phone: Session;
}

async function person(name: string, which: string, door: Door): Promise<Person> {
  const email = `${name}-${which}@whole-way.example`;
  const password = 'first-password';
  const displayName = `${name} ${which}`;
  const desk = await door.register(email, password, displayName);
  const phone = (await door.login(email, password)) as Session;
  return { id: desk.userId, email, password, displayName, desk, phone };
}

const accountOf = ({ id, email, displayName }: Person) => ({ id, email, displayName });

/** Both devices know the account as it is now. */
async function expectSelf(door: Door, who: Person): Promise<void> {
  for (const { accessToken } of [who.desk, who.phone]) {
    expectEqual('who I am', await door.me(accessToken), accountOf(who));
  }
}

/** Renews both sessions, whichever side began them. */
async function renew(door: Door, who: Person): Promise<void> {
  for (const device of ['desk', 'phone'] as const) {
    const session = await door.refresh(who[device].refreshToken);
    expectEqual(`the session of the ${device}`, session?.userId, who.id);
    who[device] = session as Session;
  }
}
