import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { SUBGRAPHS, type BenchSubgraph } from './shop.ts';

/** The supergraph of the benchmark. @param ports of the subgraphs, by name */
export function benchSupergraph(
  ports: Readonly<Record<string, number>>,
  subgraphs: readonly BenchSubgraph[] = SUBGRAPHS,
): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({
      name,
      typeDefs: parse(typeDefs),
      url: `http://127.0.0.1:${ports[name]}/graphql`,
    })),
  );
  if (!supergraphSdl) throw new Error(`The graph does not compose: ${JSON.stringify(errors)}`);
  return supergraphSdl;
}
