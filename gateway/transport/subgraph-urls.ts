import { SupergraphError, type SubgraphAddress } from '../supergraph/supergraph.ts';

/**
 * Where each subgraph answers: as the environment says, else as the supergraph says.
 *
 * @param given URLs by the names of their variables
 * @throws SupergraphError where a subgraph has no address
 */
export function subgraphUrls(
  subgraphs: readonly SubgraphAddress[],
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, URL> {
  return new Map(
    subgraphs.map(({ name, url }) => {
      const text = given[urlVariable(name)] ?? url;
      const parsed = URL.parse(text);
      if (!parsed || !/^https?:$/.test(parsed.protocol)) throw noAddress(name, text);
      return [name, parsed];
    }),
  );
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
