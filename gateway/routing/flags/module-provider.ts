import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Provider } from '@openfeature/server-sdk';
import { FlagProviderError } from './flag-provider-error.ts';

/** What a module may build upon. */
export interface ProviderMaterials {
  /** The states of the moves, for instance as one of several providers. */
  readonly moves: Provider;
}

/**
 * The provider of a module of somebody else: its default export takes {@link ProviderMaterials} and makes any provider
 * of OpenFeature, or a promise of one.
 *
 * @param path of the module, from the folder that the gateway runs in
 * @throws FlagProviderError where there is no such module, or it makes none
 */
export async function moduleProvider(
  path: string,
  materials: ProviderMaterials,
): Promise<Provider> {
  let made: unknown;
  try {
    const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    if (typeof module.default !== 'function') {
      throw new TypeError('its default export is no function');
    }
    made = await (module.default as (given: ProviderMaterials) => unknown)(materials);
  } catch (error) {
    throw new FlagProviderError(
      `the module ${path} gives no provider of flags: ${(error as Error).message}`,
      error,
    );
  }
  if (!isProvider(made)) {
    throw new FlagProviderError(
      `the module ${path} gives no provider of flags: what its default export returns has no resolveBooleanEvaluation, or no metadata with a name`,
    );
  }
  return made;
}

function isProvider(made: unknown): made is Provider {
  const { metadata, resolveBooleanEvaluation } = (made ?? {}) as Partial<Provider>;
  return typeof resolveBooleanEvaluation === 'function' && typeof metadata?.name === 'string';
}
