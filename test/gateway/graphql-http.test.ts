import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop);
});
afterAll(() => gateway.close());

/** What is wrong with a document or its variables is 400 in either media type, as Apollo Server answers since version 5. */
const ALWAYS = {
  '572B': 'SHOULD use 200 status code on document parsing failure when accepting application/json',
  FDE2: 'SHOULD use 200 status code on document validation failure when accepting application/json',
  '7B9B':
    'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
};
/** A GET is refused that a foreign page could send as well: https://www.apollographql.com/docs/apollo-server/security/cors */
const WITHOUT_PREFLIGHT = {
  '5A70': 'MAY accept application/x-www-form-urlencoded formatted GET requests',
  D6D5: 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  '6A70':
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
};

test.each([
  ['a client that browsers ask for first', { 'apollo-require-preflight': '1' }, ALWAYS],
  ['a client that could be any page', {}, { ...ALWAYS, ...WITHOUT_PREFLIGHT }],
])('GraphQL over HTTP is spoken with %s as its audit suite asks', async (_who, own, expected) => {
  const audits = serverAudits({
    url: `${gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...own } }),
  });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  expect(results.length).toBeGreaterThan(60);
  expect(results.filter(({ status }) => status === 'error')).toEqual([]);
  // `warn` is what SHOULD be, `notice` what MAY be.
  const warnings = results.filter(({ status }) => status !== 'ok');
  for (const { id, name, status } of warnings) console.log(`${status} ${id}: ${name}`);
  expect(Object.fromEntries(warnings.map(({ id, name }) => [id, name]))).toEqual(expected);
});
