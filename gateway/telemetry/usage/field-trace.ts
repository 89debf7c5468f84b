import { Trace, type ITrace, type google } from '@apollo/usage-reporting-protobuf';
import type { FetchTrace, SubgraphFetch } from '../../transport/subgraph-fetch.ts';
import type { FieldTime } from './field-times.ts';
import type { TracedRequest } from './usage-totals.ts';

type Node = Trace.INode;
type PlanNode = Trace.IQueryPlanNode;

/** Asks a subgraph for the times of its fields: https://www.apollographql.com/docs/graphos/reference/federation/subgraph-specific-fields */
const INCLUDE_TRACE = { 'apollo-federation-include-trace': 'ftv1' };
/** Letters of the longest trace of a subgraph that is read. */
const LONGEST = 1_048_576;

/** A request to a subgraph. Times are milliseconds of `performance.now()`. */
interface TracedFetch {
  readonly subgraph: string;
  readonly sentAt: number;
  endedAt: number;
  /** As the subgraph sent it, in base64. */
  answer: unknown;
}

/** What else is known of a request when it has ended. */
export interface EndedTrace {
  readonly clientName: string;
  readonly clientVersion: string;
  readonly method: string;
  readonly status: number;
  readonly persistedQuery: 'hit' | 'miss' | null;
}

/** The times of the fields of one request, as its subgraphs tell them. */
export class FieldTrace {
  readonly #weight: number;
  readonly #beganAt = performance.now();
  readonly #fetches: TracedFetch[] = [];

  /** @param weight how many requests it stands for */
  constructor(weight: number) {
    this.#weight = weight;
  }

  /** Follows a fetch. @param other who follows it as well */
  following({ subgraph }: SubgraphFetch, other: FetchTrace | null): FetchTrace {
    const fetch: TracedFetch = {
      subgraph,
      sentAt: performance.now(),
      endedAt: 0,
      answer: undefined,
    };
    this.#fetches.push(fetch);
    return {
      headers: { ...other?.headers, ...INCLUDE_TRACE },
      retried: () => other?.retried(),
      shared: () => other?.shared(),
      answered: (extensions) => {
        fetch.answer = extensions?.['ftv1'];
      },
      ended(outcome, fault) {
        fetch.endedAt = performance.now();
        other?.ended(outcome, fault);
      },
    };
  }

  /** What the protocol says of the request. It holds no values: no variables, no headers, and of errors their number. */
  ended(known: EndedTrace): TracedRequest {
    const endedAt = performance.now();
    const fetches = this.#fetches.map((fetch) => ({ ...fetch, ...readAnswer(fetch.answer) }));
    const trace: ITrace = {
      startTime: wallClock(this.#beganAt),
      endTime: wallClock(endedAt),
      durationNs: Math.round((endedAt - this.#beganAt) * 1e6),
      clientName: known.clientName,
      clientVersion: known.clientVersion,
      http: { method: METHODS[known.method] ?? 0, statusCode: known.status },
      persistedQueryHit: known.persistedQuery === 'hit',
      persistedQueryRegister: known.persistedQuery === 'miss',
      fieldExecutionWeight: this.#weight,
      root: {},
      queryPlan: planOf(fetches, this.#beganAt),
    };
    return {
      weight: this.#weight,
      fields: fetches.flatMap(({ root }) => (root ? timesOf(root) : [])),
      trace: Trace.encode(trace).finish(),
    };
  }
}

const METHODS: Readonly<Record<string, number>> = Trace.HTTP.Method as unknown as Record<
  string,
  number
>;

interface ReadFetch extends TracedFetch {
  readonly isUnreadable: boolean;
  /** null: the subgraph sent no trace, or none that can be read. */
  readonly root: Node | null;
  readonly trace: ITrace | null;
}

function readAnswer(answer: unknown): Pick<ReadFetch, 'isUnreadable' | 'root' | 'trace'> {
  if (typeof answer !== 'string') return { isUnreadable: false, root: null, trace: null };
  try {
    if (answer.length > LONGEST) throw new Error('too long');
    const { startTime, endTime, durationNs, root } = Trace.decode(Buffer.from(answer, 'base64'));
    const clean = root ? withoutTexts(root) : null;
    return {
      isUnreadable: false,
      root: clean,
      trace: { startTime, endTime, durationNs, root: clean },
    };
  } catch {
    return { isUnreadable: true, root: null, trace: null };
  }
}

/** What subgraphs write into errors may hold values. */
function withoutTexts(node: Node): Node {
  return {
    ...node,
    error: node.error?.map(() => ({ message: '<masked>' })) ?? [],
    child: node.child?.map(withoutTexts) ?? [],
  };
}

/** Fetches that ran at the same time stand side by side, others one after the other. */
function planOf(fetches: readonly ReadFetch[], beganAt: number): PlanNode | null {
  const waves: PlanNode[][] = [];
  let waveEnds = -Infinity;
  for (const fetch of fetches) {
    const isLater = fetch.sentAt >= waveEnds;
    const wave = isLater ? [] : (waves.at(-1) ?? []);
    if (isLater) waves.push(wave);
    waveEnds = Math.max(isLater ? -Infinity : waveEnds, fetch.endedAt);
    wave.push({
      fetch: {
        serviceName: fetch.subgraph,
        traceParsingFailed: fetch.isUnreadable,
        trace: fetch.trace,
        sentTimeOffset: Math.round((fetch.sentAt - beganAt) * 1e6),
        sentTime: wallClock(fetch.sentAt),
        receivedTime: wallClock(fetch.endedAt),
      },
    });
  }
  const nodes = waves.map((wave): PlanNode => {
    const [only] = wave;
    return only && wave.length === 1 ? only : { parallel: { nodes: wave } };
  });
  const [only] = nodes;
  if (!only) return null;
  return nodes.length === 1 ? only : { sequence: { nodes } };
}

function timesOf({ child = [], ...node }: Node): FieldTime[] {
  const below = (child ?? []).flatMap(timesOf);
  const { parentType, type, startTime, endTime, error } = node;
  const name = node.originalFieldName || node.responseName;
  // `_entities` is no field that anybody asked for.
  if (!parentType || !name || !type || name === '_entities') return below;
  const nanoseconds = (endTime ?? 0) - (startTime ?? 0);
  if (nanoseconds < 0) return below;
  return [
    { parentType, name, returnType: type, nanoseconds, errors: error?.length ?? 0 },
    ...below,
  ];
}

/** @param moment milliseconds of `performance.now()` */
function wallClock(moment: number): google.protobuf.ITimestamp {
  const milliseconds = performance.timeOrigin + moment;
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds, nanos: Math.round((milliseconds - seconds * 1_000) * 1e6) };
}
