import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRepository, type Checkout } from '../end-to-end/the-end/checkout.ts';
import { allSealed, documentedRemoval, follow } from '../end-to-end/the-end/documented-removal.ts';
import { runSuites } from '../end-to-end/the-end/suites.ts';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await copyRepository();
});
afterAll(() => checkout?.remove());

test('without the monolith the whole repository passes: its checks, and every test that is left', async () => {
  const { keepDemoData, remove, compose } = await documentedRemoval();
  await follow(checkout, keepDemoData);
  await follow(checkout, remove, await allSealed());
  await follow(checkout, compose);
  const results = await runSuites(checkout, true);
  const failures = results.flatMap((result) => result.failures);
  for (const { suite, passed } of results) console.log(`${suite}: ${passed} tests`);
  expect(failures).toEqual([]);
  await checkout.done(['npm', 'run', '--silent', 'check']);
});
