import { parseGraphRef, printGraphRef, type GraphRef } from '../graph-ref.ts';
import { requireRight, type Caller } from '../keys/keys.ts';
import type { Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import { newestNumber, readTexts } from '../versions/versions.ts';

/** What a gateway is answered with. */
export interface UplinkContext {
  readonly registry: Registry;
  /** Who has a key. @throws RegistryError */
  readonly callerOf: (key: string) => Promise<Caller>;
}

interface UplinkArguments {
  readonly ref: string;
  readonly apiKey: string;
  readonly ifAfterId?: string | null;
}

/** The resolvers of `uplink.graphql`. What a gateway cannot be given is an answer there, and no error. */
export const uplinkRoot = {
  async routerConfig({ ref, apiKey, ifAfterId }: UplinkArguments, context: UplinkContext) {
    const { delaySeconds } = context.registry;
    try {
      const answer = await served(context, parseGraphRef(ref), apiKey, ifAfterId);
      return { ...answer, minDelaySeconds: delaySeconds };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const { code, message } = error;
      return { __typename: 'FetchError', code, message, minDelaySeconds: delaySeconds };
    }
  },
};

async function served(
  { registry, callerOf }: UplinkContext,
  ref: GraphRef,
  key: string,
  known: string | null | undefined,
) {
  const caller = await callerOf(key);
  requireRight(caller, 'read');
  const isOurs = ref.graph === registry.graph && caller.graph === ref.graph;
  const newest = isOurs ? await newestNumber(registry.db, ref) : null;
  if (!newest) {
    throw new RegistryError(
      'UNKNOWN_REF',
      `There is no supergraph of ${printGraphRef(ref)} here: this registry holds ${registry.graph}.`,
    );
  }
  // Numbers begin anew with another database.
  const id = `${newest.number}-${newest.hash.slice(0, 16)}`;
  if (id === known) return { __typename: 'Unchanged', id };
  const text = await readTexts(registry.db, [newest.hash]);
  return { __typename: 'RouterConfigResult', id, supergraphSDL: text(newest.hash), messages: [] };
}
