import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SERVICE_HEADER } from '#platform/identity/service-token.ts';
import type { Caller, CallerReader } from '../identity/caller.ts';
import type { Concurrency } from '../limits/concurrency.ts';
import type { RateLimits } from '../limits/request-rates.ts';

export interface DoorOptions {
  readonly readCaller: CallerReader;
  /** The address of whoever sent a request. */
  readonly addressOf: (request: FastifyRequest) => string;
  readonly rates: RateLimits;
  readonly concurrency: Concurrency;
}

/**
 * Decides which requests of a scope are looked at: none while too many are, and those of each address and caller up
 * to their rates. Services of ours have no rates. Sets `request.caller`.
 */
export function addDoor(scope: FastifyInstance, options: DoorOptions): void {
  const { concurrency } = options;
  scope.addHook('onRequest', async (request) => {
    concurrency.check();
    request.caller = await admittedCaller(request, options);
  });
  // A place is taken by an operation that has come whole: slow senders must not take those of others.
  scope.addHook('preHandler', async (_request, reply) => {
    reply.raw.once('close', concurrency.enter());
  });
}

/** Who calls. @throws AccessTokenError, RequestRefusal */
async function admittedCaller(request: FastifyRequest, options: DoorOptions): Promise<Caller> {
  const { readCaller, addressOf, rates } = options;
  const saysService = request.headers[SERVICE_HEADER] !== undefined;
  // Before tokens are verified, which costs more than counting.
  if (!saysService) await rates.countAddress(addressOf(request));
  const caller = await readCaller(request).catch(async (error: unknown) => {
    if (saysService) await rates.countAddress(addressOf(request));
    throw error;
  });
  if (caller.role === 'service') return caller;
  if (saysService) await rates.countAddress(addressOf(request));
  if (caller.subject !== null) await rates.countSubject(caller.subject);
  return caller;
}
