import type { Logger } from '#platform/log.ts';
import { supergraphDigest, SupergraphError } from './supergraph.ts';

/** What health and metrics show of the supergraph. */
export interface SupergraphStatus {
  /** SHA-256 of the supergraph in use, in hexadecimal digits; null before the first. */
  readonly digest: string | null;
  readonly loadedAt: Date | null;
  /** Why the latest one is not in use; null where it is. */
  readonly lastError: { readonly message: string; readonly at: Date } | null;
}

/** Takes up supergraphs as they come: one after the other, each whole or not at all. */
export interface SupergraphUpdates {
  /** Takes up the first. @throws SupergraphError, and what `fetch` throws */
  begin(fetch: () => Promise<string>): Promise<void>;
  /** Takes up a changed one as soon as those before are done. Of several that wait, only the newest is built. */
  offer(sdl: string): void;
  /** Takes note that a changed one could not be had. */
  failed(error: Error): void;
  status(): SupergraphStatus;
  /** Takes up no further ones. */
  stop(): void;
}

export interface SupergraphUpdatesOptions<State> {
  /** Builds everything that depends on a supergraph. @throws SupergraphError */
  readonly build: (sdl: string, current: State | null) => Promise<State>;
  /** Puts it in the place of the one before, at once. */
  readonly swap: (next: State, previous: State | null) => void;
  /** Where supergraphs come from, for messages. */
  readonly origin: string;
  readonly log: Logger;
}

/** A bad supergraph is logged and shown in the status; the one before stays. */
export function supergraphUpdates<State>(
  options: SupergraphUpdatesOptions<State>,
): SupergraphUpdates {
  const { build, swap, origin, log } = options;
  let current: State | null = null;
  let status: SupergraphStatus = { digest: null, loadedAt: null, lastError: null };
  let waiting: string | null = null;
  let isBusy = false;
  let isStopped = false;

  const take = async (sdl: string): Promise<void> => {
    const digest = supergraphDigest(sdl);
    if (digest !== status.digest) {
      const next = await build(sdl, current);
      if (isStopped) return;
      swap(next, current);
      current = next;
      status = { digest, loadedAt: new Date(), lastError: null };
    }
    status = { ...status, lastError: null };
  };
  const failed = (error: Error): void => {
    status = { ...status, lastError: { message: error.message, at: new Date() } };
    log.error({ err: error, origin }, 'the changed supergraph is left aside: the one before stays');
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let sdl = waiting; sdl !== null; sdl = waiting) {
      waiting = null;
      await take(sdl).catch(failed);
    }
    isBusy = false;
  };
  return {
    async begin(fetch) {
      isBusy = true;
      try {
        await take(await fetch());
      } catch (error) {
        if (!(error instanceof SupergraphError)) throw error;
        const message = `the supergraph ${origin} cannot be used: ${error.message}`;
        throw new SupergraphError(message, error);
      } finally {
        isBusy = false;
      }
      void work();
    },
    offer(sdl) {
      if (isStopped) return;
      waiting = sdl;
      void work();
    },
    failed,
    status: () => status,
    stop() {
      isStopped = true;
      waiting = null;
    },
  };
}
