import { z } from 'zod';
import { cacheSettings, optional, wholeNumber } from '#platform/config.ts';

/** What a request may use. */
export interface Limits {
  /** Bytes of a body. */
  readonly body: number;
  readonly document: DocumentLimits;
  readonly cost: CostLimits;
  /** Operations that are answered at the same time. */
  readonly concurrent: number;
  readonly rates: RequestRates;
}

/** How large the document of an operation may be. All but `tokens` count with fragments written out. */
export interface DocumentLimits {
  readonly tokens: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Fields of one operation. */
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

export interface CostLimits {
  /** 0: none. */
  readonly most: number;
  /** How long a list is taken to be of which nothing is known. */
  readonly listSize: number;
}

/** Requests per minute. 0: as many as they like. */
export interface RequestRates {
  readonly perSubject: number;
  readonly perAddress: number;
}

/** The variables that limit requests. Redis, where it is set, lets replicas count together and share persisted queries. */
export const limitSettings = () => ({
  ...cacheSettings(),
  MAX_BODY_BYTES: wholeNumber(1_048_576, 1_024, 104_857_600),
  MAX_TOKENS: wholeNumber(15_000, 10, 1_000_000),
  MAX_DEPTH: wholeNumber(50, 1, 500),
  MAX_FIELDS: wholeNumber(10_000, 1, 1_000_000),
  MAX_ALIASES: wholeNumber(200, 0, 1_000_000),
  MAX_ROOT_FIELDS: wholeNumber(50, 1, 1_000_000),
  MAX_COST: wholeNumber(1_000_000, 0, 1_000_000_000),
  ASSUMED_LIST_SIZE: wholeNumber(10, 0, 1_000_000),
  MAX_CONCURRENT_REQUESTS: wholeNumber(1_000, 1, 1_000_000),
  // Off: what is fair depends on the clients, of whom many may share an address.
  RATE_LIMIT_PER_SUBJECT: wholeNumber(0, 0, 10_000_000),
  RATE_LIMIT_PER_ADDRESS: wholeNumber(0, 0, 10_000_000),
  SAFELIST: optional(
    z.string().describe('a persisted query manifest: its operations are answered, and no others'),
  ),
});

type LimitVariables = z.infer<z.ZodObject<ReturnType<typeof limitSettings>>>;

/** The limits that the variables of {@link limitSettings} say. */
export function limitsFrom(settings: LimitVariables): Limits {
  return {
    body: settings.MAX_BODY_BYTES,
    document: {
      tokens: settings.MAX_TOKENS,
      depth: settings.MAX_DEPTH,
      fields: settings.MAX_FIELDS,
      aliases: settings.MAX_ALIASES,
      rootFields: settings.MAX_ROOT_FIELDS,
    },
    cost: { most: settings.MAX_COST, listSize: settings.ASSUMED_LIST_SIZE },
    concurrent: settings.MAX_CONCURRENT_REQUESTS,
    rates: {
      perSubject: settings.RATE_LIMIT_PER_SUBJECT,
      perAddress: settings.RATE_LIMIT_PER_ADDRESS,
    },
  };
}
