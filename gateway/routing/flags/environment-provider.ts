import { FlagNotFoundError, type Provider } from '@openfeature/server-sdk';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import { booleanProvider } from './boolean-provider.ts';

/** The variables `USE_NEW_…` as a provider of OpenFeature: each move whole on one side, for everybody. */
export function environmentProvider(targets: Readonly<Record<MoveName, Side>>): Provider {
  return booleanProvider('environment', (label) => {
    const move = moveNamed(label);
    if (!move) throw new FlagNotFoundError(`"${label}" is no move`);
    return targets[move.name] === 'new';
  });
}
