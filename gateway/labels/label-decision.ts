import { GraphQLError } from 'graphql';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { percentageOf, positionOf } from './percentage.ts';

/** Every label of a supergraph, explicitly on or off. */
export type LabelStates = ReadonlyMap<string, boolean>;

/** The header that says which labels are on, where it is trusted: names with commas between them. */
export const OVERRIDE_HEADER = 'x-override-labels';

/** What a request says about labels. */
export interface LabelRequest {
  /** The header {@link OVERRIDE_HEADER}; undefined where it is missing. */
  readonly header: string | undefined;
  /** Whom a share of callers sticks to; null for somebody who cannot be told from others. */
  readonly subject: string | null;
}

/** Decides every label of a supergraph, once per request. @throws GraphQLError (400) for labels that do not exist */
export type LabelDecision = (labels: ReadonlySet<string>, request: LabelRequest) => LabelStates;

/**
 * A label is on where its move is to be answered by the new side. `percent(x)` is on for x percent of
 * subjects; anonymous callers draw anew with each request. Other labels are off.
 *
 * @param trustHeader whether a request may decide for itself, by naming the labels that are on
 */
export function labelDecision(
  targets: Readonly<Record<MoveName, Side>>,
  trustHeader: boolean,
): LabelDecision {
  return (labels, { header, subject }) => {
    if (trustHeader && header !== undefined) return namedStates(labels, header);
    // One position for all labels: whoever is within 10 percent is within 20 percent as well.
    const position = positionOf(subject);
    const isOn = (label: string): boolean => {
      const percentage = percentageOf(label);
      if (percentage !== null) return position < percentage;
      return targets[label as MoveName] === 'new';
    };
    return new Map([...labels].map((label) => [label, isOn(label)]));
  };
}

function namedStates(labels: ReadonlySet<string>, header: string): LabelStates {
  const named = header.split(',').map((name) => name.trim());
  const on = new Set(named.filter((name) => name !== ''));
  const unknown = [...on].filter((name) => !labels.has(name));
  if (unknown.length > 0) throw unknownLabels(unknown, labels);
  return new Map([...labels].map((label) => [label, on.has(label)]));
}

function unknownLabels(unknown: readonly string[], labels: ReadonlySet<string>): GraphQLError {
  const known = labels.size > 0 ? [...labels].join(', ') : 'none';
  const message = `The header ${OVERRIDE_HEADER} names labels that the supergraph does not have: ${unknown.join(', ')}. It has: ${known}.`;
  return new GraphQLError(message, {
    extensions: { code: 'UNKNOWN_OVERRIDE_LABEL', http: { status: 400 } },
  });
}
