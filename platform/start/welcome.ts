// #region monolith
import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES, type Move } from '#platform/moves/moves.ts';
// #endregion monolith
import type { StartSettings } from './config.ts';
import { localUrl } from './processes.ts';

/** The accounts of the demo data, all with the same password. */
export const DEMO_ACCOUNTS = [
  { email: 'customer@example.com', can: 'orders, and uploads resumes' },
  { email: 'staff@example.com', can: 'keeps products, stock and orders' },
  { email: 'admin@example.com', can: 'the same, and sees all accounts' },
] as const;
export const DEMO_PASSWORD = 'demo-password';

const [CUSTOMER] = DEMO_ACCOUNTS;

/** How the customer comes in: the first of these. */
const [LOG_IN] = [
  // #region monolith
  { title: 'Log in', before: '' },
  // #endregion monolith
  {
    // Nothing has put the account there; pasted again it is taken, and can log in.
    title: 'Make an account, and log in',
    before: `register(input: { email: "${CUSTOMER.email}", password: "${DEMO_PASSWORD}", displayName: "Customer" }) { ... on Problem { message } } `,
  },
] as const;

/** Operations to paste into the Sandbox or to send with curl, each runnable as it stands. */
export const WELCOME_OPERATIONS = [
  {
    title: 'What is on sale, and how many there are',
    document: `{ products(first: 3, filter: { search: "lamp" }) { totalCount nodes { sku name price { amount currency } inStock } } }`,
  },
  {
    title: LOG_IN.title,
    document: `mutation { ${LOG_IN.before}login(input: { email: "${CUSTOMER.email}", password: "${DEMO_PASSWORD}" }) { ... on AuthSession { accessToken user { displayName role } } ... on Problem { message } } }`,
  },
  {
    title: 'All domains in one query (before it: TOKEN=<the accessToken of 2>)',
    document: `{ me { displayName orders(first: 2) { nodes { number status total { amount currency } items { quantity product { name stock } } } } resumes(first: 1) { nodes { filename reviews { status overallScore } } } } }`,
  },
] as const;

/** What is said when everything is ready. */
export function welcome(settings: StartSettings, seconds: number): string {
  const gateway = localUrl(settings, 'GATEWAY_PORT').replace('127.0.0.1', 'localhost');
  return [
    `\nReady after ${seconds.toFixed(1)} s.\n`,
    `  GraphQL and Sandbox    ${gateway}/graphql`,
    `  Explorer, offline      ${gateway}/explorer`,
    `  Registry, for Rover    ${localUrl(settings, 'REGISTRY_PORT').replace('127.0.0.1', 'localhost')}/graphql`,
    // #region monolith
    `  REST API               ${gateway}/api/products`,
    `  OpenAPI document       ${gateway}/openapi.json`,
    `\nAccounts (password: ${DEMO_PASSWORD})`,
    ...DEMO_ACCOUNTS.map(({ email, can }) => `  ${email.padEnd(WIDTH)}  ${can}`),
    // #endregion monolith
    '\nThree operations to try',
    ...WELCOME_OPERATIONS.map(
      ({ title, document }, index) =>
        `  ${index + 1}. ${title}\n${curl(gateway, document, index === 2)}`,
    ),
  ].join('\n');
}

// #region monolith
const WIDTH = Math.max(...DEMO_ACCOUNTS.map(({ email }) => email.length));

/** Which side answers for each move. @param moves how far each is, where that is recorded */
export function implementations(settings: StartSettings, moves: MoveSnapshot['moves']): string {
  const lines = MOVES.map(
    (move) =>
      `  ${move.name.padEnd(WIDTH)}  ${implementation(move, settings, moves.get(move.name)?.readPercent)}`,
  );
  return ['\nWhich implementation answers', ...lines].join('\n');
}

function implementation({ name, flag }: Move, settings: StartSettings, percent?: number): string {
  const wanted = settings[flag] ? 100 : 0;
  const answered = percent ?? wanted;
  const by = answered === 100 ? 'NEW   ' : 'legacy';
  if (answered === wanted) return `${by}  (${flag}=${settings[flag]})`;
  // Commands have gone another way since the flag was followed.
  const share = answered > 0 && answered < 100 ? `NEW for ${answered}% of readers` : by;
  return `${share}  (npm run move -- history ${name})`;
}
// #endregion monolith

function curl(gateway: string, query: string, withToken: boolean): string {
  const body = JSON.stringify({ query }).replaceAll("'", String.raw`'\''`);
  const token = withToken ? ` -H "authorization: Bearer $TOKEN"` : '';
  return `     curl -s ${gateway}/graphql -H 'content-type: application/json'${token} -d '${body}'`;
}
