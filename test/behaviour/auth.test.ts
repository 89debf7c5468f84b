import { afterAll, beforeAll, describe } from 'vitest';
import { startStack, type Stack } from '../stack.ts';
import { authBehaviour } from './auth.ts';

describe.each([
  // #region monolith
  ['the monolith', 'false'],
  // #endregion monolith
  ['the auth subgraph', 'true'],
])('auth, answered by %s', (_side, USE_NEW_AUTH) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ USE_NEW_AUTH });
  });
  afterAll(() => stack?.close());
  authBehaviour(() => stack);
});
