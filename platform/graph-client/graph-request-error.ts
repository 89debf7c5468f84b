/** The gateway gave no GraphQL answer, or none in time; all other codes are those of the answer's first error. */
export type GraphFaultCode = 'GATEWAY_UNAVAILABLE' | 'GATEWAY_TIMEOUT' | 'GATEWAY_INVALID_RESPONSE';

/** Codes of faults that pass: the same request may succeed a moment later. */
const PASSING: ReadonlySet<string> = new Set([
  'GATEWAY_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_HTTP_ERROR',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
]);

/** A request to the graph has failed. Whether it was carried out is not known. */
export class GraphRequestError extends Error {
  /** A {@link GraphFaultCode}, or `extensions.code` of the first GraphQL error. */
  readonly code: string;
  /** Whether the same request may succeed a moment later. */
  readonly passing: boolean;

  constructor(code: GraphFaultCode | (string & {}), message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'GraphRequestError';
    this.code = code;
    this.passing = PASSING.has(code);
  }
}
