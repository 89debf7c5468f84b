import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES, type Move } from '#platform/moves/moves.ts';
import type { StartSettings } from './config.ts';
import { localUrl } from './processes.ts';

/** The accounts of the demo data (subgraphs/legacy/monolith/seed), all with the same password. */
export const DEMO_ACCOUNTS = [
  { email: 'customer@example.com', can: 'orders, and uploads resumes' },
  { email: 'staff@example.com', can: 'keeps products, stock and orders' },
  { email: 'admin@example.com', can: 'the same, and sees all accounts' },
] as const;
export const DEMO_PASSWORD = 'demo-password';

/** Operations to paste into the Sandbox or to send with curl, each runnable as it stands. */
export const WELCOME_OPERATIONS = [
  {
    title: 'What is on sale, and how many there are',
    document: `{ products(first: 3, filter: { search: "lamp" }) { totalCount nodes { sku name price { amount currency } inStock } } }`,
  },
  {
    title: 'Log in',
    document: `mutation { login(input: { email: "${DEMO_ACCOUNTS[0].email}", password: "${DEMO_PASSWORD}" }) { ... on AuthSession { accessToken user { displayName role } } ... on Problem { message } } }`,
  },
  {
    title: 'All domains in one query (before it: TOKEN=<the accessToken of 2>)',
    document: `{ me { displayName orders(first: 2) { nodes { number status total { amount currency } items { quantity product { name stock } } } } resumes(first: 1) { nodes { filename reviews { status overallScore } } } } }`,
  },
] as const;

/** What is said when everything is ready. */
export function welcome(
  settings: StartSettings,
  moves: MoveSnapshot['moves'],
  seconds: number,
): string {
  const gateway = localUrl(settings, 'GATEWAY_PORT').replace('127.0.0.1', 'localhost');
  const width = Math.max(...DEMO_ACCOUNTS.map(({ email }) => email.length));
  return `
Ready after ${seconds.toFixed(1)} s.

  GraphQL and Sandbox    ${gateway}/graphql
  Explorer, offline      ${gateway}/explorer
  REST API               ${gateway}/api/products
  OpenAPI document       ${gateway}/openapi.json

Accounts (password: ${DEMO_PASSWORD})
${DEMO_ACCOUNTS.map(({ email, can }) => `  ${email.padEnd(width)}  ${can}`).join('\n')}

Which implementation answers
${MOVES.map((move) => `  ${move.name.padEnd(width)}  ${implementation(move, settings, moves.get(move.name)?.readPercent)}`).join('\n')}

Three operations to try
${WELCOME_OPERATIONS.map(({ title, document }, index) => `  ${index + 1}. ${title}\n${curl(gateway, document, index === 2)}`).join('\n')}`;
}

function implementation({ name, flag }: Move, settings: StartSettings, percent?: number): string {
  if (percent !== undefined && percent > 0 && percent < 100) {
    return `NEW for ${percent}% of readers  (npm run move -- set ${name})`;
  }
  return `${settings[flag] ? 'NEW   ' : 'legacy'}  (${flag}=${settings[flag]})`;
}

function curl(gateway: string, query: string, withToken: boolean): string {
  const body = JSON.stringify({ query }).replaceAll("'", String.raw`'\''`);
  const token = withToken ? ` -H "authorization: Bearer $TOKEN"` : '';
  return `     curl -s ${gateway}/graphql -H 'content-type: application/json'${token} -d '${body}'`;
}
