import { z } from 'zod';
import { databaseUrl, optional, wholeNumber } from '#platform/config.ts';

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
});

/** What the variables of {@link routingSettings} say. */
export type RoutingSettings = z.infer<z.ZodObject<ReturnType<typeof routingSettings>>>;
