import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { moveNamed, type MoveName } from '#platform/moves/moves.ts';
import { WROTE_HEADER } from '#platform/moves/wrote-header.ts';
import type { MonolithApp, MonolithDeps } from './app.ts';
import { atOwner } from './at-owner.ts';
import { ApiError } from './errors.ts';

/** The header by which the wrapper hears that the other side of a move may know what is unknown here. */
export const NOT_FOUND_HERE_HEADER = 'x-not-found-here';

/** The codes of what a side does not own. */
const REFUSALS = new Set(['NOT_OWNER', 'MOVING']);

/** Has a request done by the service that owns what it writes. @returns the body of the answer @throws OwnershipRefused */
export type Forward = (
  deps: MonolithDeps,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The move that a route writes for; absent where it writes nothing that moves. */
    writes?: MoveName;
    /** Who does it for REST clients where the other side is the owner. */
    forward?: Forward;
  }
  interface FastifyRequest {
    /** Whether what it was about is unknown here; answers 404 say so by themselves. */
    isNotFoundHere: boolean;
  }
}

/**
 * Sees to it that a route writes only what this side owns. What the other side owns is refused where the graph asks,
 * which then asks there; for REST clients it is done there, by one hop, or waited for while it changes sides.
 */
export function writeWhatIsOwned(app: MonolithApp, deps: MonolithDeps): void {
  app.decorateRequest('isNotFoundHere', false);
  app.addHook('onRoute', (route) => {
    const { writes, forward } = route.config ?? {};
    if (writes === undefined) return;
    const local = route.handler;
    route.handler = async function answer(request, reply) {
      return answeredByOwner(deps, writes, forward, request, reply, async () => {
        if (moveNamed(writes)?.writes === 'together') await deps.ownership.require(writes);
        return (local as RouteHandlerMethod).call(this, request, reply);
      });
    };
  });
  app.addHook('onSend', async (request, reply) => {
    const { writes } = request.routeOptions.config;
    if (writes === undefined) return;
    if (!request.isGraphCall) {
      if (reply.statusCode < 400) await deps.settle(writes, reply.elapsedTime);
      reply.header(WROTE_HEADER, writes);
      return;
    }
    if (reply.statusCode !== 404 && !request.isNotFoundHere) return;
    if (await deps.ownership.mayBeElsewhere(writes)) reply.header(NOT_FOUND_HERE_HEADER, writes);
  });
}

async function answeredByOwner(
  deps: MonolithDeps,
  move: MoveName,
  forward: Forward | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  local: () => Promise<unknown>,
): Promise<unknown> {
  // The gateway asks the owner itself.
  if (request.isGraphCall) return local();
  if (!forward) return atOwner(move, local, undefined);
  const there = () => forward(deps, request, reply);
  const here = () =>
    local().catch(async (error: unknown) => {
      if (!(await mayBeThere(deps, move, error))) throw error;
      return there().catch((said: unknown) => {
        // What the other side cannot say, does not own or has not got either, is not found.
        throw said instanceof ApiError && said.status < 500 && !REFUSALS.has(said.code)
          ? said
          : error;
      });
    });
  return atOwner(move, here, there);
}

/**
 * Whether something is unknown here and the other side may have it, from a moment before it is carried over. Where writes
 * are owned together an owner knows everything; bucket by bucket, what is unknown has no bucket.
 */
async function mayBeThere(deps: MonolithDeps, move: MoveName, error: unknown): Promise<boolean> {
  return (
    error instanceof ApiError &&
    error.status === 404 &&
    moveNamed(move)?.writes === 'by user' &&
    (await deps.ownership.mayBeElsewhere(move))
  );
}
