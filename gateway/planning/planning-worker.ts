import { oneLine } from '../supergraph/supergraph.ts';
import type { PlanText, SupergraphParts, WorkerReply, WorkerRequest } from './messages.ts';
import type { DecideLabel } from './planner.ts';
import { planningFailed, planningOutOfMemory, planningTimeout } from './planning-errors.ts';
import { openWorker } from './worker-channel.ts';

/** What a planning worker may use. */
export interface WorkerLimits {
  /** Milliseconds that one operation may take. */
  readonly planTime: number;
  /** Milliseconds that building a supergraph may take. */
  readonly loadTime: number;
  /** Megabytes of its heap. */
  readonly memory: number;
}

/** Builds a supergraph and plans on it, beside the gateway: one call at a time. */
export interface PlanningWorker {
  /** False once it has ended, whatever ended it: nothing can be asked of it any more. */
  readonly isAlive: boolean;
  /** Builds a supergraph in place of the one before. @throws Error that says what is wrong with it */
  load(sdl: string): Promise<SupergraphParts>;
  /**
   * Plans an operation on the supergraph. One that takes too much time or memory ends the worker.
   *
   * @throws PlanningError; and what `decide` throws
   */
  plan(text: string, operationName: string | null, decide: DecideLabel): Promise<PlanText>;
  /** Forgets the supergraph. */
  unload(): void;
  end(): void;
}

/** What a call waits for. */
interface Call {
  readonly decide: DecideLabel;
  readonly timeout: NodeJS.Timeout;
  /** What `decide` threw; the worker is still to say that it has stopped. */
  refusal: { readonly error: unknown } | null;
  resolve(reply: WorkerReply): void;
  reject(error: unknown): void;
}

/** Why a worker ended within a call. */
class WorkerLoss extends Error {
  readonly reason: 'time' | 'memory' | 'unknown';

  constructor(reason: WorkerLoss['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Starts a worker. It keeps the gateway's process alive only while it is asked something. */
export function startPlanningWorker(limits: WorkerLimits): PlanningWorker {
  let isAlive = true;
  let call: Call | null = null;
  const channel = openWorker(limits.memory, {
    replied(reply) {
      if (reply.kind === 'label') {
        if (call) channel.send({ kind: 'state', isOn: stateOf(reply.label, call) });
        return;
      }
      const settled = settle();
      if (settled?.refusal) settled.reject(settled.refusal.error);
      else settled?.resolve(reply);
    },
    ended(isMemory, reason) {
      lost(
        isMemory
          ? new WorkerLoss('memory', 'it takes more memory than the planning worker may have')
          : new WorkerLoss('unknown', `the planning worker has ended ${reason}`),
      );
    },
  });

  const settle = (): Call | null => {
    const settled = call;
    clearTimeout(settled?.timeout);
    channel.hold(false);
    call = null;
    return settled;
  };
  const lost = (loss: WorkerLoss): void => {
    isAlive = false;
    settle()?.reject(loss);
  };
  const ask = (request: WorkerRequest, limit: number, decide: DecideLabel): Promise<WorkerReply> =>
    new Promise((resolve, reject) => {
      if (!isAlive) throw new WorkerLoss('unknown', 'the planning worker has ended');
      const expire = (): void => {
        if (call?.resolve !== resolve) return;
        lost(new WorkerLoss('time', `it takes more than ${limit} ms`));
        channel.kill();
      };
      // A reply that came while the event loop was held is taken before the time is found to be over.
      const timeout = setTimeout(() => setImmediate(expire), limit);
      call = { decide, timeout, refusal: null, resolve, reject };
      channel.hold(true);
      channel.send(request);
    });

  return {
    get isAlive() {
      return isAlive;
    },
    async load(sdl) {
      const reply = await ask({ kind: 'load', sdl }, limits.loadTime, () => false);
      if (reply.kind === 'loaded') return reply.parts;
      throw new Error(reply.kind === 'failed' ? reply.message : reply.kind);
    },
    async plan(text, operationName, decide) {
      const request = { kind: 'plan', text, operationName } as const;
      const reply = await ask(request, limits.planTime, decide).catch((error: unknown) => {
        throw error instanceof WorkerLoss ? planningLoss(error, limits) : error;
      });
      if (reply.kind === 'planned') return reply.plan;
      throw planningFailed(oneLine(reply.kind === 'failed' ? reply.message : reply.kind));
    },
    unload: () => channel.send({ kind: 'unload' }),
    end() {
      isAlive = false;
      channel.kill();
    },
  };
}

function stateOf(label: string, call: Call): boolean | null {
  try {
    return call.decide(label);
  } catch (error) {
    call.refusal = { error };
    return null;
  }
}

function planningLoss({ reason, message }: WorkerLoss, limits: WorkerLimits): Error {
  if (reason === 'time') return planningTimeout(limits.planTime);
  return reason === 'memory' ? planningOutOfMemory() : planningFailed(oneLine(message));
}
