import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { startStack, type Stack } from '../../stack.ts';
import { expectNoComplaints } from '../complaints.ts';
import { createFrontEnd } from '../../clients/front-end/front-end.ts';
import { recordRequests } from '../requests.ts';
import { accounts } from './accounts.ts';
import { browsing } from './browsing.ts';
import { ordering } from './ordering.ts';
import { STAFF, type Account } from './people.ts';

/** Who places orders, and somebody else. */
type People = Readonly<Record<'buyer' | 'stranger', Account>>;

/** What is done in the store front, in the order in which a customer does it. @param flags of the stack */
export function storeFront(flags: Record<string, string>, { buyer, stranger }: People): void {
  let stack: Stack;
  const secretKey = randomBytes(32).toString('hex');
  const { fetch, taken } = recordRequests();
  const visit = () => createFrontEnd({ url: stack.gatewayUrl, name: 'store', fetch });
  const enter = async ({ email, password }: Account) => {
    const frontEnd = visit();
    await frontEnd.login(email, password);
    return frontEnd;
  };
  beforeAll(async () => {
    stack = await startStack({ ...flags, SECRET_KEY: secretKey });
  });
  afterAll(() => stack?.close());
  expectNoComplaints();

  describe('for a visitor', () => {
    browsing(visit, taken);
  });
  describe('for an account', () => {
    accounts({ visit, enter, taken, secretKey });
  });
  describe('for a customer', () => {
    ordering(() => Promise.all([buyer, STAFF, stranger].map(enter)), taken);
  });
}
