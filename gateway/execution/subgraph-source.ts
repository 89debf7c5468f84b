import type { GraphQLDataSource } from '@apollo/gateway';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import type { Logger } from '#platform/log.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { concernedPaths } from './concerned-paths.ts';
import type {
  SubgraphClient,
  SubgraphRequest,
  SubgraphResponse,
  SubgraphResponseError,
} from './subgraph-client.ts';
import { SubgraphFault } from './subgraph-fault.ts';

/** What the execution needs of a request's context. */
export interface SubgraphCallContext {
  /** The headers of the requests to subgraphs; made once per incoming request. */
  readonly subgraphHeaders: () => Promise<Readonly<Record<string, string>>>;
}

/** Errors of one failed request beyond these are only counted: a page of 100 entities needs no 1,000 errors. */
const MAX_ERRORS = 100;

/**
 * One subgraph as the plan executor calls it. A subgraph that fails gives an error for each field that it was
 * asked for, so that all other fields of the answer stand.
 */
export function subgraphSource(
  name: string,
  client: SubgraphClient,
  metrics: GatewayMetrics,
  log: Logger,
): GraphQLDataSource {
  const ask = async (
    body: SubgraphRequest,
    headers: Readonly<Record<string, string>>,
  ): Promise<SubgraphResponse> => {
    const end = metrics.subgraphSeconds.startTimer({ subgraph: name });
    try {
      const response = await client(body, headers);
      const outcome = response.errors?.length ? 'errors' : 'ok';
      metrics.subgraphRequests.inc({ subgraph: name, outcome });
      return response;
    } catch (err) {
      if (!(err instanceof SubgraphFault)) throw err;
      metrics.subgraphRequests.inc({ subgraph: name, outcome: err.extensions.code });
      const reason = err.cause instanceof Error ? err.cause.message : err.message;
      const requestId = headers[REQUEST_ID_HEADER];
      log.warn({ ...err.extensions, reason, requestId }, 'a subgraph failed');
      return { errors: errorsOf(err, body) };
    } finally {
      end();
    }
  };
  return {
    async process({ request, context }) {
      const { subgraphHeaders } = context as Partial<SubgraphCallContext>;
      const { query = '', operationName, variables } = request;
      const headers = (await subgraphHeaders?.()) ?? {};
      return ask({ query, operationName, variables }, headers);
    },
  };
}

function errorsOf(fault: SubgraphFault, body: SubgraphRequest): SubgraphResponseError[] {
  const paths = concernedPaths(body);
  const omitted = paths.length - MAX_ERRORS;
  return paths.slice(0, MAX_ERRORS).map((path, index) => ({
    message: fault.message,
    path,
    extensions:
      omitted > 0 && index === MAX_ERRORS - 1
        ? { ...fault.extensions, omittedErrors: omitted }
        : { ...fault.extensions },
  }));
}
