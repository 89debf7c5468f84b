import type { ASTNode, GraphQLError } from 'graphql';
import type { Finding, Place } from '#schema/finding.ts';
import { pathAt, placeOf, placeOfPath } from './coordinates.ts';
import { mendOf } from './mends.ts';
import type { Subgraph } from './subgraphs.ts';

/** What a composer found wrong with subgraphs, with the place in the file to open. */
export function problemOf(error: GraphQLError, subgraphs: readonly Subgraph[]): Finding {
  const code = typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'UNKNOWN';
  const message = error.message.replace(/^\[[\w-]+\] /, '');
  return located(
    { rule: code, message, nodes: error.nodes, name: subgraphNameOf(error) },
    subgraphs,
  );
}

export interface Complaint {
  readonly rule: string;
  readonly message: string;
  readonly nodes?: readonly ASTNode[] | undefined;
  /** The subgraph, where it is known. */
  readonly name: string | undefined;
  readonly path?: string | undefined;
}

/** A finding of what a composer says, with path, place, subgraph and mend as far as they can be told. */
export function located(complaint: Complaint, subgraphs: readonly Subgraph[]): Finding {
  const { rule, message, nodes } = complaint;
  const path = complaint.path ?? pathIn(message) ?? pathOfNode(nodes?.[0], subgraphs);
  const at =
    placeOf(nodes?.[0]) ?? (path ? placeAmong(path, complaint.name, subgraphs) : undefined);
  const file = at?.file;
  const subgraph = complaint.name ?? subgraphs.find((candidate) => candidate.file === file)?.name;
  const mend = mendOf(rule);
  return {
    rule,
    severity: 'error',
    message,
    ...(mend === undefined ? {} : { mend }),
    ...(path === undefined ? {} : { path }),
    ...(at ? { at } : {}),
    ...(subgraph === undefined ? {} : { subgraph }),
  };
}

/** Messages of one subgraph begin with `[subgraph]`. */
function subgraphNameOf(error: GraphQLError): string | undefined {
  return /^\[([\w-]+)\]/.exec(error.message)?.[1];
}

/**
 * The coordinate that a message is about: the first in quotation marks that names no subgraph. Of what cannot be
 * reached it is the field that cannot be found.
 */
function pathIn(message: string): string | undefined {
  const unreached = /(?:cannot find|which has) field "([\w.]+)"/.exec(message)?.[1];
  if (unreached !== undefined) return unreached;
  const quoted = message.matchAll(
    /(\bsubgraphs? |\bvalue )?"([A-Za-z_]\w*(?:\.\w+)?(?:\(\w+:\))?)"/g,
  );
  for (const [, before, path] of quoted) if (!before?.startsWith('subgraph')) return path;
  return undefined;
}

function pathOfNode(node: ASTNode | undefined, subgraphs: readonly Subgraph[]): string | undefined {
  const { loc } = node ?? {};
  const subgraph = subgraphs.find(({ file }) => file === loc?.source.name);
  return loc && subgraph ? pathAt(subgraph.typeDefs, loc.start) : undefined;
}

function placeAmong(
  path: string,
  name: string | undefined,
  subgraphs: readonly Subgraph[],
): Place | undefined {
  const candidates = name === undefined ? subgraphs : subgraphs.filter((one) => one.name === name);
  for (const { typeDefs } of candidates) {
    const place = placeOfPath(typeDefs, path);
    if (place) return place;
  }
  return undefined;
}
