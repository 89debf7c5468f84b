import {
  FlagNotFoundError,
  TargetingKeyMissingError,
  type Provider,
} from '@openfeature/server-sdk';
import { labelIsOn } from '../label-states.ts';
import type { MoveStates } from '../move-states.ts';
import { percentageOf } from '../percentage.ts';
import { booleanProvider } from './boolean-provider.ts';

/**
 * The states of the moves as a provider of OpenFeature. The gateway itself decides without this detour, and the same;
 * it is for other providers, which may combine it with their own. The attribute `operationKind` is `query`, the
 * default, or `mutation`.
 */
export function movesProvider(states: MoveStates): Provider {
  return booleanProvider('moves', (label, { targetingKey, operationKind }) => {
    const snapshot = states.current();
    if (!snapshot.moves.has(label) && percentageOf(label) === null) {
      throw new FlagNotFoundError(`"${label}" is neither a move nor percent(x)`);
    }
    return labelIsOn(label, operationKind === 'mutation' ? 'mutation' : 'query', snapshot, () => {
      if (targetingKey === undefined) {
        throw new TargetingKeyMissingError(`"${label}" depends on whom it is asked for`);
      }
      return targetingKey;
    });
  });
}
