/** The codes of faults between the gateway and a subgraph. */
export type SubgraphFaultCode =
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_OVERLOADED'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_HTTP_ERROR'
  | 'SUBGRAPH_INVALID_RESPONSE';

/** What a client may know of a fault. */
export interface FaultExtensions {
  readonly code: SubgraphFaultCode;
  /** The name of the subgraph, under the key that `@apollo/gateway` uses. */
  readonly serviceName: string;
  /** The HTTP status, for SUBGRAPH_HTTP_ERROR. */
  readonly status?: number;
}

/** A subgraph did not answer, or with something that is no GraphQL response. */
export class SubgraphFault extends Error {
  readonly extensions: FaultExtensions;

  constructor(message: string, extensions: FaultExtensions, cause?: unknown) {
    super(message, { cause });
    this.name = 'SubgraphFault';
    this.extensions = extensions;
  }
}

/** No connection, or one that broke. */
export function unavailable(serviceName: string, cause: unknown): SubgraphFault {
  return new SubgraphFault(
    `The subgraph "${serviceName}" cannot be reached: try again later.`,
    { code: 'SUBGRAPH_UNAVAILABLE', serviceName },
    cause,
  );
}

/** Too many requests wait for the subgraph already: one more would only make the gateway grow. */
export function overloaded(serviceName: string, waiting: number): SubgraphFault {
  return new SubgraphFault(
    `The subgraph "${serviceName}" has ${waiting} requests to answer already: try again later.`,
    { code: 'SUBGRAPH_OVERLOADED', serviceName },
  );
}

/** No whole answer in time. */
export function timedOut(serviceName: string, milliseconds: number): SubgraphFault {
  return new SubgraphFault(
    `The subgraph "${serviceName}" did not answer within ${milliseconds} ms: try again later.`,
    { code: 'SUBGRAPH_TIMEOUT', serviceName },
  );
}

/** An answer that is an HTTP error. */
export function httpError(serviceName: string, status: number): SubgraphFault {
  return new SubgraphFault(
    `The subgraph "${serviceName}" answered with the HTTP status ${status}.`,
    { code: 'SUBGRAPH_HTTP_ERROR', serviceName, status },
  );
}

/** An answer that is no GraphQL response. */
export function invalidResponse(serviceName: string): SubgraphFault {
  return new SubgraphFault(
    `The subgraph "${serviceName}" answered with something that is no GraphQL response.`,
    { code: 'SUBGRAPH_INVALID_RESPONSE', serviceName },
  );
}
