import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#platform/config.ts';
import type { SupergraphSource } from './supergraph-source.ts';

/** The mode in which clients are served the whole graph. */
const WHOLE = 'full';

/** The variables that say where the supergraph comes from. The three of Apollo are named as in its own gateways. */
export const supergraphSettings = () => ({
  SUPERGRAPH: z.string().optional().describe('the path of a supergraph'),
  API_MODE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .default(WHOLE)
    .describe('full, or the name of a contract of the graph, such as store'),
  APOLLO_KEY: z.string().min(1).optional().describe('an API key of a graph in Apollo GraphOS'),
  APOLLO_GRAPH_REF: z
    .string()
    .regex(/^[^@\s]+(@[^@\s]+)?$/)
    .optional()
    .describe('a graph and its variant, such as shop@production'),
  APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: z
    .string()
    .optional()
    .transform((text) => (text ? text.split(',').map((url) => url.trim()) : []))
    .refine((urls) => urls.every((url) => URL.canParse(url)), 'not a list of URLs')
    .describe('URLs of Apollo Uplink with commas between them'),
});

type SupergraphVariables = z.infer<z.ZodObject<ReturnType<typeof supergraphSettings>>>;

/**
 * A file where one is named; else Uplink where there is a key; else the file that is given here.
 *
 * @throws ConfigError for a key without a graph
 */
export function supergraphSource(
  settings: SupergraphVariables,
  defaultFile: string,
): SupergraphSource {
  const { SUPERGRAPH, APOLLO_KEY, APOLLO_GRAPH_REF } = settings;
  if (SUPERGRAPH !== undefined || APOLLO_KEY === undefined) {
    return { kind: 'file', path: SUPERGRAPH ?? defaultFile };
  }
  if (APOLLO_GRAPH_REF === undefined) {
    const missing =
      'APOLLO_GRAPH_REF is not set: expected, with APOLLO_KEY, a graph and its variant, such as shop@production';
    throw new ConfigError('gateway', [missing]);
  }
  return {
    kind: 'uplink',
    apiKey: APOLLO_KEY,
    graphRef: APOLLO_GRAPH_REF,
    endpoints: settings.APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT,
  };
}

/**
 * The contract that clients are served instead of the whole graph; null where they are served all of it. Contracts stand
 * beside the file of the graph, as `npm run schema -- compose` writes them.
 *
 * @throws ConfigError where the graph comes from Uplink
 */
export function contractSource(
  { API_MODE: mode }: SupergraphVariables,
  whole: SupergraphSource,
): SupergraphSource | null {
  if (mode === WHOLE) return null;
  if (whole.kind === 'file') {
    return { kind: 'file', path: join(contractsFolder(whole.path), mode, 'supergraph.graphql') };
  }
  const problem = `API_MODE is ${mode}, but Uplink has a variant for each contract: name it in APOLLO_GRAPH_REF, or a file in SUPERGRAPH`;
  throw new ConfigError('gateway', [problem]);
}

/** Where the contracts of a graph stand, each in a folder of its name. @param path of the supergraph */
export function contractsFolder(path: string): string {
  return join(dirname(path), 'contracts');
}
