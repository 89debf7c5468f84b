import { Agent } from 'undici';
import type { Logger } from '#platform/log.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { SupergraphError, type LoadedSupergraph } from '../supergraph/supergraph.ts';
import type { SubgraphSources } from './plan-executor.ts';
import { subgraphClient } from './subgraph-client.ts';
import { subgraphSource } from './subgraph-source.ts';

/** The connections to all subgraphs. They outlive a supergraph, so that a reload drops none. */
export interface SubgraphConnections {
  /** @throws SupergraphError where the subgraph has no address */
  source(name: string, url: string | undefined): SubgraphSources[string];
  /** The sources of all subgraphs of a supergraph. @throws SupergraphError where one has no address */
  sources(supergraph: LoadedSupergraph): SubgraphSources;
  /** Closes all connections after the requests in flight. */
  close(): Promise<void>;
}

export interface SubgraphConnectionOptions {
  /** URLs that replace those of the supergraph, by the names of their variables. */
  readonly urls: Readonly<Record<string, string>>;
  /** Milliseconds that a subgraph may take to answer. */
  readonly timeout: number;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
}

/** The most connections to one subgraph; further requests wait for a free one. */
const MAX_CONNECTIONS = 128;

/** Opens connections as they are needed, and keeps them: one pool per address. */
export function subgraphConnections(options: SubgraphConnectionOptions): SubgraphConnections {
  const dispatcher = new Agent({ connections: MAX_CONNECTIONS });
  const { timeout, metrics, log } = options;
  const source = (name: string, given: string | undefined): SubgraphSources[string] => {
    const url = options.urls[urlVariable(name)] ?? given ?? '';
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw noAddress(name, url);
    return subgraphSource(name, subgraphClient({ name, url, dispatcher, timeout }), metrics, log);
  };
  return {
    source,
    sources: ({ subgraphs }) =>
      Object.freeze(
        Object.fromEntries(subgraphs.map(({ name, url }) => [name, source(name, url)])),
      ),
    close: () => dispatcher.close(),
  };
}

/** The variable that names the URL of a subgraph: SUBGRAPH_RESUME_REVIEW_URL for `resume-review`. */
function urlVariable(name: string): string {
  return `SUBGRAPH_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_URL`;
}

function noAddress(name: string, url: string): SupergraphError {
  return new SupergraphError(
    `the subgraph "${name}" has ${url ? `the address "${url}", which is no HTTP URL` : 'no address'}: set ${urlVariable(name)}`,
  );
}
