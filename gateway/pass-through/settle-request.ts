import type { FastifyRequest } from 'fastify';
import { moveNamed } from '#platform/moves/moves.ts';
import type { CallerReader } from '../identity/caller.ts';
import type { Settlement } from '../mutations/open-settlement.ts';
import { writtenOf } from '../mutations/written.ts';
import { subjectOf } from '../routing/subject.ts';

/**
 * Waits until later queries see what a request that was passed on may have written. It never throws.
 *
 * @param move as the service named it
 * @param began when the request came, by `performance.now()`
 */
export type SettleRequest = (request: FastifyRequest, move: string, began: number) => Promise<void>;

export interface SettleRequestOptions {
  readonly settlement: Pick<Settlement, 'settle'>;
  readonly readCaller: CallerReader;
  readonly trustProxy: boolean;
}

/** Settles what REST clients write as what mutations write. */
export function settleRequests({
  settlement,
  readCaller,
  trustProxy,
}: SettleRequestOptions): SettleRequest {
  return async (request, name, began) => {
    const move = moveNamed(name)?.name;
    if (move === undefined) return;
    // Whether a token is good, and good for this, has been decided where the request was answered.
    const caller = await readCaller(request).catch(() => null);
    const subject = subjectOf(request, caller?.subject ?? null, trustProxy);
    await settlement.settle(writtenOf(move), () => subject.key, began);
  };
}
