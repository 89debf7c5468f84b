import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Claims } from '../identity/claims.ts';

/** Decides policies: which of these hold for a caller. It never throws. */
export type DecidePolicies = (
  names: readonly string[],
  caller: Claims,
) => Promise<ReadonlySet<string>>;

/** The module that POLICIES names cannot be used. The message is one line. */
export class PoliciesError extends Error {
  readonly code = 'POLICIES';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PoliciesError';
  }
}

/** Where it is written that policies could not be decided. */
export interface PolicyLogger {
  error(fields: object, message: string): void;
}

/** Milliseconds that a module may take for one request. */
const TIME_LIMIT = 5_000;

const NONE: ReadonlySet<string> = new Set();

/** Decides policies where there is no module: none holds. */
export const noPolicies: DecidePolicies = async () => NONE;

/**
 * Takes the policies of a module. Its default export is asked once per operation that needs policies,
 * `(names, caller) => names that hold`, and may give a promise. What it does not name does not hold; where it fails, or
 * takes too long, none does.
 *
 * @param path of the module, from the folder that the gateway runs in
 * @param limit milliseconds that it may take for one request
 * @throws PoliciesError where there is no such module, or it decides nothing
 */
export async function loadPolicies(
  path: string,
  log: PolicyLogger,
  limit = TIME_LIMIT,
): Promise<DecidePolicies> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as typeof module;
  } catch (error) {
    const { message } = error as Error;
    throw new PoliciesError(`the policies of ${path} cannot be loaded: ${message}`, error);
  }
  const { default: decide } = module;
  if (typeof decide !== 'function') {
    throw new PoliciesError(
      `the module ${path} decides no policies: its default export is no function (names, caller) => names`,
    );
  }
  return async (names, caller) => {
    try {
      const given: unknown = await withinTime(
        (async () => decide(names, caller) as unknown)(),
        limit,
      );
      return namesOf(given);
    } catch (error) {
      log.error({ policies: names, reason: (error as Error).message }, 'policies have failed');
      return NONE;
    }
  };
}

async function withinTime<T>(decision: Promise<T>, limit: number): Promise<T> {
  const timer = new AbortController();
  const late = wait(limit, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no decision within ${limit} ms`);
  });
  try {
    return await Promise.race([decision, late]);
  } finally {
    timer.abort();
    late.catch(() => {});
  }
}

function namesOf(given: unknown): ReadonlySet<string> {
  const isMany = typeof given === 'object' && given !== null && Symbol.iterator in given;
  const names = isMany ? [...(given as Iterable<unknown>)] : [given];
  if (names.every((name) => typeof name === 'string')) return new Set(names);
  throw new TypeError('what the module gives is no list of names');
}
