import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContractView } from './contract-views.ts';

/** Keeps the browser from fetching anything from anywhere else; scripts and styles stand in the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self' data: blob:",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline' data:",
].join('; ');

/**
 * Serves an explorer at `/explorer` that works without internet: one page with everything in it. `?contract=store` shows
 * what clients of this contract may ask, and `CONTRACT_PATH` answers as they would be answered.
 */
export function addExplorer(server: FastifyInstance, contracts: readonly ContractView[]): void {
  const names = contracts.map(({ name }) => name);
  const pages = new Map<string | undefined, string>(
    [undefined, ...names].map((shown) => [shown, explorerPage(shown, names)]),
  );
  server.get<{ Querystring: { contract?: string } }>('/explorer', async ({ query }, reply) => {
    const page = pages.get(query.contract);
    return page === undefined ? answerUnknown(reply, query.contract, names) : answer(reply, page);
  });
}

/** Where the explorer sends what it asks of a contract: below it, the name of the contract. */
export const CONTRACT_PATH = '/explorer/contracts';

function answer(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .send(page);
}

function answerUnknown(reply: FastifyReply, name: unknown, names: readonly string[]): FastifyReply {
  const known =
    names.length === 0
      ? 'this gateway shows no contracts'
      : `contracts are ${names.join(', ')}; without \`?contract=\` the whole graph is shown`;
  return reply
    .status(404)
    .type('text/plain; charset=utf-8')
    .send(`There is no contract ${JSON.stringify(name)}: ${known}.\n`);
}

/** @param shown the contract; undefined: the whole graph */
function explorerPage(shown: string | undefined, names: readonly string[]): string {
  const page = renderGraphiQL({
    title: shown === undefined ? 'Explorer' : `Explorer: ${shown}`,
    endpoint: shown === undefined ? '/graphql' : `${CONTRACT_PATH}/${shown}`,
  });
  if (names.length === 0) return page;
  return page.replace('<div id="root"></div>', () => `${tabs(shown, names)}<div id="root"></div>`);
}

/** Links to what else can be shown. */
function tabs(shown: string | undefined, names: readonly string[]): string {
  const link = (name: string | undefined): string => {
    const current = name === shown ? ' aria-current="page"' : '';
    const href = name === undefined ? '/explorer' : `/explorer?contract=${name}`;
    return `<a href="${href}"${current}>${name ?? 'whole graph'}</a>`;
  };
  const links = [undefined, ...names].map(link).join('');
  return `${STYLE}<nav id="contracts" aria-label="Contracts">${links}</nav>`;
}

const STYLE = `<style>
body { display: flex; flex-direction: column; height: 100vh; margin: 0 }
#root, #root > *, #root .graphiql-container { flex: 1; min-height: 0; height: auto !important }
#root, #root > * { display: flex; flex-direction: column }
#contracts { display: flex; gap: 4px; padding: 4px 12px; font: 13px system-ui, sans-serif; background: #1f2937 }
#contracts a { padding: 3px 10px; border-radius: 4px; color: #d1d5db; text-decoration: none }
#contracts a[aria-current] { background: #fff; color: #111827 }
</style>`;
