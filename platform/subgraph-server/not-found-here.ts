import type { ApolloServerPlugin } from '@apollo/server';
import type { MoveName } from '#platform/moves/moves.ts';

/** What each request has not found, by its context. */
const notes = new WeakMap<object, Set<MoveName>>();

/**
 * Notes that a mutation was asked about something that is unknown here, and did nothing: the other side of the move may
 * have it (docs/design.md, "Ownership errors").
 *
 * @param context of the request
 */
export function noteNotFoundHere(context: object, move: MoveName): void {
  const noted = notes.get(context) ?? new Set();
  notes.set(context, noted.add(move));
}

/** Notes the same where the outcome of a mutation is that there is no such thing. @returns the outcome */
export function notingNotFound<Outcome extends object>(
  context: object,
  move: MoveName,
  outcome: Outcome,
): Outcome {
  if ('__typename' in outcome && outcome.__typename === 'NotFound') noteNotFoundHere(context, move);
  return outcome;
}

/**
 * Tells the gateway what was not found, in the extension `notFoundHere` of the response.
 *
 * @param mayBeElsewhere whether the other side of a move may have what is unknown here
 */
export function tellNotFoundHere(
  mayBeElsewhere: (move: MoveName) => Promise<boolean>,
): ApolloServerPlugin<object> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue, response: { body } }) => {
        const noted = notes.get(contextValue);
        if (!noted || body.kind !== 'single') return;
        const moves = [];
        for (const move of noted) if (await mayBeElsewhere(move)) moves.push(move);
        if (moves.length === 0) return;
        const { extensions } = body.singleResult;
        body.singleResult.extensions = { ...extensions, notFoundHere: moves };
      },
    }),
  };
}
