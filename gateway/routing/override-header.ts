import { GraphQLError } from 'graphql';

/** The header that says which labels are on, where it is trusted: names with commas between them. */
export const OVERRIDE_HEADER = 'x-override-labels';

/**
 * The labels that a header names.
 *
 * @param labels those of the supergraph
 * @throws GraphQLError (400) for names of no label
 */
export function namedLabels(labels: ReadonlySet<string>, header: string): ReadonlySet<string> {
  const named = header.split(',').map((name) => name.trim());
  const on = new Set(named.filter((name) => name !== ''));
  const unknown = [...on].filter((name) => !labels.has(name));
  if (unknown.length > 0) throw unknownLabels(unknown, labels);
  return on;
}

function unknownLabels(unknown: readonly string[], labels: ReadonlySet<string>): GraphQLError {
  const known = labels.size > 0 ? [...labels].join(', ') : 'none';
  const message = `The header ${OVERRIDE_HEADER} names labels that the supergraph does not have: ${unknown.join(', ')}. It has: ${known}.`;
  return new GraphQLError(message, {
    extensions: { code: 'UNKNOWN_OVERRIDE_LABEL', http: { status: 400 } },
  });
}
