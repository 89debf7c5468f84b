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

Environment (what each means and its default: docs/operating.md):
  listening      HOST, PORT, ADMIN_PORT, TRUST_PROXY, CORS_ORIGINS, INTROSPECTION, LOG_LEVEL, NODE_ENV
  supergraph     SUPERGRAPH, API_MODE (full, or a contract such as store: what clients are served); or APOLLO_KEY and APOLLO_GRAPH_REF of Apollo Uplink, APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT;
                 SUPERGRAPH_TIMEOUT_MS
  subgraphs      SUBGRAPH_<NAME>_URL (another URL for a subgraph), SUBGRAPH_TIMEOUT_MS, SUBGRAPH_CONNECT_TIMEOUT_MS,
                 SHARE_FETCHES, MONOLITH_URL (where REST goes)
  callers        SECRET_KEY, AUTH_PUBLIC_JWKS and IDENTITY_SECRET (verify tokens), POLICIES
  labels         USE_NEW_AUTH, USE_NEW_PRODUCT, USE_NEW_INVENTORY, USE_NEW_ORDER, USE_NEW_UPLOAD, USE_NEW_AI,
                 CONTROL_DATABASE_URL, FLAG_PROVIDER, FLAG_TIMEOUT_MS, TRUST_OVERRIDE_HEADER
  moves          MIGRATION_URL, SETTLE_WITHIN_MS, CONFIRM_WITHIN_MS (reads after writes)
  planning       PLANNING_TIMEOUT_MS, PLANNING_MEMORY_MB, PLANNING_QUEUE, PLANNING_WAIT_MS, PLAN_CACHE_OPERATIONS,
                 PLAN_CACHE_MB, OPERATIONS, WARM_UP_RECENT, WARM_UP_MS
  limits         MAX_BODY_BYTES, MAX_TOKENS, MAX_DEPTH, MAX_FIELDS, MAX_ALIASES, MAX_ROOT_FIELDS, MAX_COST,
                 ASSUMED_LIST_SIZE, MAX_CONCURRENT_REQUESTS, RATE_LIMIT_PER_SUBJECT, RATE_LIMIT_PER_ADDRESS, REDIS_URL,
                 SAFELIST
  usage          USAGE_COLLECTOR_URL, USAGE_COLLECTOR_KEY, USAGE_COLLECTOR_GRAPH_REF, USAGE_INTERVAL_MS,
                 USAGE_TRACE_RATIO, APOLLO_USAGE_REPORTING_URL
  telemetry      ACCESS_LOG, SHOW_QUERY_PLANS, TRACE_DOCUMENTS, OTEL_EXPORTER_OTLP_ENDPOINT,
                 OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG
NAME_FILE names a file that holds the value of NAME.`;

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
