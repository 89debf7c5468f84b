import { followChannel } from '#platform/database/follow-channel.ts';
import type { Logger } from '#platform/log.ts';

/** The channel on which the relay tells, with its commit, what it has written into a database. */
export const RELAYED_CHANNEL = 'moves_relayed';

/** Aggregates that were written by the relay. */
export interface Relayed {
  readonly move: string;
  readonly kind: string;
  readonly ids: readonly string[];
}

/**
 * Tells what the relay writes into the database of a service, so that its caches forget it.
 *
 * @param missed told while something may be written without a word: nothing that was cached before can be trusted
 */
export function followRelay(
  url: string,
  log: Logger,
  written: (relayed: Relayed) => Promise<void>,
  missed: () => void,
): { stop(): Promise<void> } {
  const heard = (payload: string) => written(JSON.parse(payload) as Relayed);
  return followChannel({ url, channel: RELAYED_CHANNEL, log, heard, missed });
}
