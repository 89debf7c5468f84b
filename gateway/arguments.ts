import { parseArgs } from 'node:util';
import type { GatewayArguments } from './config.ts';

/** The command line is not understood. The message is one line. */
export class ArgumentError extends Error {
  readonly code = 'ARGUMENT_INVALID';
}

/** What `--help` prints. */
export const HELP = `Usage: npm run gateway -- [options]

Without options: the gateway in front of our own graph, as its environment says.

Options:
  --supergraph FILE         serve another supergraph; no REST pass-through; Authorization goes to the subgraphs
  --port N                  the port to listen on (default: PORT, else 8000; 0: any free one)
  --trust-override-header   let each request say which @override labels are on: \`x-override-labels: a,b\`
  --help                    print this

--port and --trust-override-header go with --supergraph. Labels without that header: a move's label is on where its
USE_NEW_<MOVE> is true; percent(x) is on for x percent of callers, the same ones each time when they send an
Authorization header; others are off.

Environment: SUBGRAPH_<NAME>_URL (another URL for a subgraph), SUBGRAPH_TIMEOUT_MS, HOST, LOG_LEVEL, CORS_ORIGINS,
INTROSPECTION, TRUST_PROXY; SECRET_KEY, AUTH_PUBLIC_JWKS and IDENTITY_SECRET (verify tokens), MONOLITH_URL.`;

/** @returns what the command line asks for; null where it asks for nothing @throws ArgumentError */
export function gatewayArguments(given: readonly string[]): GatewayArguments | 'help' | null {
  const values = parse(given);
  if (values.help) return 'help';
  const { supergraph, port, 'trust-override-header': trustOverrideHeader = false } = values;
  if (supergraph !== undefined) return { supergraph, port, trustOverrideHeader };
  if (port === undefined && !trustOverrideHeader) return null;
  throw new ArgumentError('--port and --trust-override-header need --supergraph FILE: see --help.');
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        'trust-override-header': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new ArgumentError(`${reason}: see --help.`);
  }
}
