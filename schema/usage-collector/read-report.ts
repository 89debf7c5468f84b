import { createHash } from 'node:crypto';
import { Report, type ITracesAndStats, type Trace } from '@apollo/usage-reporting-protobuf';
import { usageReportingSignature } from '@apollo/utils.usagereporting';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';

/** What a report says, as far as it is kept: no values, no times of single requests. */
export interface ReportedUsage {
  /** Empty where it does not say: its key says it. */
  readonly graphRef: string;
  /** To which moment its requests are counted. */
  readonly at: Date;
  readonly operations: readonly ReportedOperation[];
  /** Requests that were operations, those included of which it says no more. */
  readonly requests: number;
}

export interface ReportedOperation {
  /** SHA-256 of name and text, in hexadecimal digits. */
  readonly signature: string;
  /** `-` where it has none. */
  readonly name: string;
  /** Its text without literals; null where it is too long, or cannot be read. */
  readonly body: string | null;
  readonly fields: readonly ReportedField[];
  readonly clients: readonly ReportedClient[];
}

export interface ReportedField {
  readonly type: string;
  readonly field: string;
}

/** What one version of a client has sent. Both are empty where it says none. */
export interface ReportedClient {
  readonly clientName: string;
  readonly clientVersion: string;
  readonly requests: number;
  readonly errors: number;
}

/** A report is not one. The message says why. */
export class ReportError extends Error {
  readonly code = 'USAGE_REPORT_INVALID';
}

/** Letters of the longest text of an operation that is kept, and of names. */
const LONGEST_BODY = 100_000;
const LONGEST_NAME = 128;
/** Fields of an operation: one of the longest text has no more that differ. */
const MOST_FIELDS = 1_000;
/** No report of one minute counts more: what does is broken. */
const MOST_REQUESTS = 1e12;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a report of the protocol of Apollo. What it holds beyond counts is dropped here: traces with their variables,
 * headers and errors, and whatever literals are left in texts.
 *
 * @param now requests are not counted to a later moment
 * @throws ReportError
 */
export function readReport(bytes: Uint8Array, now: Date): ReportedUsage {
  const report = decode(bytes);
  const at = momentOf(report, now);
  const entries = Object.entries(report.tracesPerQuery);
  const operations = entries.flatMap(([key, stats]) => {
    const known = operationOf(key);
    if (!known) return [];
    const clients = clientsOf(stats, report.tracesPreAggregated);
    return [{ ...known, fields: fieldsOf(stats), clients }];
  });
  const counted = merged(operations);
  const sum = counted.reduce(
    (all, { clients }) => clients.reduce((own, { requests }) => own + requests, all),
    0,
  );
  return {
    graphRef: cleanText(report.header?.graphRef ?? ''),
    at,
    operations: counted.filter(isKept),
    requests: Math.max(sum, countOf(report.operationCount)),
  };
}

/** What nobody sent is none; of what says neither its text nor all its fields its requests are counted, and no more. */
function isKept({ clients, body, fields }: ReportedOperation): boolean {
  return clients.length > 0 && (body !== null || fields.length <= MOST_FIELDS);
}

function decode(bytes: Uint8Array): Report {
  try {
    return Report.decode(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReportError(
      `The body is no message Report of Apollo's usage reporting protocol: ${reason}.`,
      { cause: error },
    );
  }
}

/** Its own end; else that of its last trace. */
function momentOf({ endTime, tracesPerQuery }: Report, now: Date): Date {
  const traces = Object.values(tracesPerQuery).flatMap(({ trace }) => (trace ?? []) as Trace[]);
  const ends = (endTime ? [endTime] : traces.map((trace) => trace.endTime)).flatMap((time) =>
    time ? [(time.seconds ?? 0) * 1_000 + (time.nanos ?? 0) / 1e6] : [],
  );
  const at = Math.max(...ends);
  if (!Number.isFinite(at) || at <= 0) {
    throw new ReportError('The report has no end_time, and no traces that have one.');
  }
  return new Date(Math.min(at, now.getTime()));
}

type KnownOperation = Pick<ReportedOperation, 'signature' | 'name' | 'body'>;

// The same operations come with each report.
const known = new LRUCache<string, KnownOperation>({
  maxSize: 16_777_216,
  sizeCalculation: ({ body }, key) => key.length + (body?.length ?? 0) + 200,
});

/** null: it stands for requests that were no operation. */
function operationOf(key: string): KnownOperation | null {
  if (!key.startsWith('# ')) return null;
  const found = known.get(key);
  if (found) return found;
  const lineEnd = key.indexOf('\n');
  const name = cleanText(key.slice(2, lineEnd === -1 ? undefined : lineEnd)) || '-';
  const text = lineEnd === -1 ? '' : key.slice(lineEnd + 1);
  const body = withoutLiterals(text, name);
  // Unread, its text still tells it from others; kept is only what that gives.
  const signature = createHash('sha256')
    .update(`# ${name}\n${body ?? text}`)
    .digest('hex');
  const operation = { signature, name, body };
  known.set(key, operation);
  return operation;
}

/** What is a signature already stays as it is. */
function withoutLiterals(text: string, name: string): string | null {
  if (text.length > LONGEST_BODY) return null;
  try {
    const document = parse(text, { noLocation: true, maxTokens: 50_000 });
    return cleanBody(usageReportingSignature(document, name === '-' ? '' : name));
  } catch {
    return null;
  }
}

function fieldsOf({ referencedFieldsByType }: ITracesAndStats): ReportedField[] {
  return Object.entries(referencedFieldsByType ?? {}).flatMap(([type, { fieldNames }]) =>
    NAME.test(type)
      ? (fieldNames ?? []).flatMap((field) => (NAME.test(field) ? [{ type, field }] : []))
      : [],
  );
}

function clientsOf(
  { statsWithContext, trace }: ITracesAndStats,
  isAggregated: boolean,
): ReportedClient[] {
  const stats = (statsWithContext ?? []) as Extract<typeof statsWithContext, readonly unknown[]>;
  const counted = stats.map(({ context, queryLatencyStats }) => ({
    clientName: cleanText(context?.clientName ?? ''),
    clientVersion: cleanText(context?.clientVersion ?? ''),
    requests: countOf(queryLatencyStats?.requestCount),
    errors: countOf(queryLatencyStats?.requestsWithErrorsCount),
  }));
  if (isAggregated) return counted;
  const traced = ((trace ?? []) as Trace[]).map(
    ({ clientName, clientVersion, root, queryPlan }) => ({
      clientName: cleanText(clientName ?? ''),
      clientVersion: cleanText(clientVersion ?? ''),
      requests: 1,
      errors: hasErrors(root) || planHasErrors(queryPlan) ? 1 : 0,
    }),
  );
  return [...counted, ...traced];
}

function hasErrors(node: Trace.INode | null | undefined): boolean {
  if (!node) return false;
  return Boolean(node.error?.length) || Boolean(node.child?.some(hasErrors));
}

function planHasErrors(node: Trace.IQueryPlanNode | null | undefined): boolean {
  if (!node) return false;
  const { fetch, flatten, sequence, parallel } = node;
  const below = [...(sequence?.nodes ?? []), ...(parallel?.nodes ?? []), flatten?.node];
  return hasErrors(fetch?.trace?.root) || below.some(planHasErrors);
}

/** Operations that are the same without their literals, and clients that say the same, are one. */
function merged(operations: readonly ReportedOperation[]): ReportedOperation[] {
  return [...Map.groupBy(operations, ({ signature }) => signature).values()].map((same) => {
    const [first] = same as [ReportedOperation];
    const clients = Map.groupBy(
      same.flatMap((operation) => operation.clients),
      ({ clientName, clientVersion }) => `${clientName}\n${clientVersion}`,
    );
    const fields = new Map(
      same.flatMap((one) => one.fields.map((field) => [`${field.type}.${field.field}`, field])),
    );
    return {
      ...first,
      // Where its text is known nothing hangs on them.
      fields:
        first.body === null ? [...fields.values()] : [...fields.values()].slice(0, MOST_FIELDS),
      clients: [...clients.values()].map((rows) => ({
        ...(rows[0] as ReportedClient),
        requests: rows.reduce((sum, { requests }) => sum + requests, 0),
        errors: rows.reduce((sum, { errors }) => sum + errors, 0),
      })),
    };
  });
}

function countOf(value: number | null | undefined): number {
  const count = Math.round(value ?? 0);
  return Number.isFinite(count) ? Math.min(Math.max(count, 0), MOST_REQUESTS) : 0;
}

/** Names are kept as they are, but for what PostgreSQL cannot hold or nobody can read. */
function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .slice(0, LONGEST_NAME);
}

function cleanBody(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
