import type { SupergraphManager } from '@apollo/gateway';
import type { Logger } from '#platform/log.ts';
import { supergraphFile } from './supergraph-file.ts';
import { uplink } from './uplink.ts';

/** Where supergraphs come from. */
export type SupergraphSource =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'uplink';
      readonly apiKey: string;
      /** A graph and its variant, as in `shop@production`. */
      readonly graphRef: string;
      /** Asked in turn; empty: those of Apollo. */
      readonly endpoints: readonly string[];
    };

/** How a source is named in messages. */
export function originOf(source: SupergraphSource): string {
  return source.kind === 'file' ? source.path : `${source.graphRef} of Apollo Uplink`;
}

/** @param failed is told when a changed supergraph cannot be had */
export function supergraphManager(
  source: SupergraphSource,
  log: Logger,
  failed: (error: Error) => void,
): SupergraphManager {
  return source.kind === 'file' ? supergraphFile(source.path, failed) : uplink(source, log, failed);
}
