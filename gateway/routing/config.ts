import { z } from 'zod';
import { databaseUrl, httpUrl, optional, wholeNumber } from '#platform/config.ts';
import { LONGEST_CONFIRMATION } from '#platform/moves/leases.ts';

/** Who decides labels: the states of the moves, or a provider of flags. */
export type FlagProviderChoice =
  | { readonly kind: 'moves' | 'environment' }
  | { readonly kind: 'file' | 'module'; readonly path: string };

/** What routing is told. */
export const routingSettings = () => ({
  /** The database with the states of the moves; without it the variables `USE_NEW_…` decide. */
  CONTROL_DATABASE_URL: optional(databaseUrl()),
  FLAG_PROVIDER: z
    .string()
    .default('moves')
    .transform((text, context): FlagProviderChoice => {
      if (text === 'moves' || text === 'environment') return { kind: text };
      const [, kind, path] = /^(file|module):(.+)$/.exec(text) ?? [];
      if (path !== undefined) return { kind: kind as 'file' | 'module', path };
      context.addIssue({ code: 'custom', message: 'none of these' });
      return z.NEVER;
    })
    .describe('moves, environment, file:<path of a JSON file> or module:<path of an ES module>'),
  /** Milliseconds that a foreign provider of flags may take for a decision. */
  FLAG_TIMEOUT_MS: wholeNumber(50, 1, 5_000),
  /** The process that carries over what is written: it is asked to, where both sides of a move are read. */
  MIGRATION_URL: httpUrl().default('http://127.0.0.1:8020'),
  /** Milliseconds that a mutation waits for that, before its readers are sent to the side that has it. */
  SETTLE_WITHIN_MS: wholeNumber(250, 1, 5_000),
  /** Milliseconds that it waits then for every replica to know, before it is answered in any case. */
  CONFIRM_WITHIN_MS: wholeNumber(LONGEST_CONFIRMATION, 1, 10_000),
});

/** What the variables of {@link routingSettings} say. */
export type RoutingSettings = z.infer<z.ZodObject<ReturnType<typeof routingSettings>>>;
