import { DurationHistogram } from './duration-histogram.ts';
import { ErrorTree, type ErrorPath } from './error-tree.ts';
import { FieldTotals, type FieldTime } from './field-times.ts';
import type { OperationUse } from './operation-use.ts';

/** A request that has ended. It holds no values. */
export interface RequestUse {
  readonly operation: OperationUse;
  /** Empty where it says none. */
  readonly clientName: string;
  readonly clientVersion: string;
  readonly nanoseconds: number;
  readonly hasErrors: boolean;
  readonly errorPaths: readonly ErrorPath[];
  /** Whether an automatic persisted query was known, or came with its text. */
  readonly persistedQuery: 'hit' | 'miss' | null;
  /** What its fields took; null where subgraphs were not asked. */
  readonly traced: TracedRequest | null;
}

/** A request of the sample whose fields are timed. */
export interface TracedRequest {
  readonly fields: readonly FieldTime[];
  /** How many requests it stands for. */
  readonly weight: number;
  /** Encoded as the protocol has it. */
  readonly trace: Uint8Array;
}

/** The requests of one client for one operation. */
export interface ClientTotals {
  readonly clientName: string;
  readonly clientVersion: string;
  readonly latencies: DurationHistogram;
  readonly errors: ErrorTree;
  /** By type and name of field. */
  readonly fields: Map<string, Map<string, FieldTotals>>;
  requests: number;
  withErrors: number;
  withFieldTimes: number;
  persistedQueryHits: number;
  persistedQueryMisses: number;
}

/** The requests for one operation. */
export interface OperationTotals {
  readonly operation: OperationUse;
  readonly clients: Map<string, ClientTotals>;
  readonly traces: Uint8Array[];
}

/** How much is kept. */
export interface UsageLimits {
  /** Pairs of operation and client. */
  readonly rows: number;
  /** Bytes, roughly. */
  readonly bytes: number;
  /** Of these, for traces. */
  readonly traceBytes: number;
}

/** What a row takes with its histogram, and a place of errors or a timed field besides its name: roughly, in bytes. */
const ROW = 1_500;
const PLACE = 200;
const FIELD = 1_000;

/**
 * Requests, added up by operation and client. It never grows beyond its limits: a request that would need more room is
 * counted, and no more.
 */
export class UsageTotals {
  readonly operations = new Map<string, OperationTotals>();
  /** Requests that were operations, those left out included. */
  requests = 0;
  /** Of these, those without a row. */
  leftOut = 0;
  readonly #limits: UsageLimits;
  #rows = 0;
  #bytes = 0;
  #traceBytes = 0;
  readonly #room = (name: string): boolean => this.#takes(PLACE + name.length);

  constructor(limits: UsageLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.requests === 0 && this.operations.size === 0;
  }

  add(use: RequestUse): void {
    const isOperation = !use.operation.key.startsWith('##');
    if (isOperation) this.requests += 1;
    const row = this.#row(use.operation, use);
    if (!row) {
      if (isOperation) this.leftOut += 1;
      return;
    }
    row.requests += 1;
    row.withErrors += use.hasErrors ? 1 : 0;
    row.persistedQueryHits += use.persistedQuery === 'hit' ? 1 : 0;
    row.persistedQueryMisses += use.persistedQuery === 'miss' ? 1 : 0;
    row.latencies.add(use.nanoseconds);
    row.errors.add(use.errorPaths, this.#room);
    if (use.traced) this.#addTraced(use.operation, row, use.traced);
  }

  /** Adds what others have added up: as if each request had been added here. */
  merge(other: UsageTotals): void {
    this.requests += other.requests;
    this.leftOut += other.leftOut;
    for (const { operation, clients, traces } of other.operations.values()) {
      for (const client of clients.values()) {
        const row = this.#row(operation, client);
        if (row) this.#mergeRow(row, client);
        else if (!operation.key.startsWith('##')) this.leftOut += client.requests;
      }
      for (const trace of traces) this.#addTrace(operation, trace);
    }
  }

  #row(
    operation: OperationUse,
    client: Pick<RequestUse, 'clientName' | 'clientVersion'>,
  ): ClientTotals | null {
    const { clientName, clientVersion } = client;
    const key = `${clientName}\n${clientVersion}`;
    const totals = this.operations.get(operation.key);
    const known = totals?.clients.get(key);
    if (known) return known;
    const size = ROW + key.length + (totals ? 0 : sizeOf(operation));
    if (this.#rows >= this.#limits.rows || !this.#takes(size)) return null;
    this.#rows += 1;
    const row = emptyRow(clientName, clientVersion);
    if (totals) totals.clients.set(key, row);
    else
      this.operations.set(operation.key, { operation, clients: new Map([[key, row]]), traces: [] });
    return row;
  }

  #addTraced(operation: OperationUse, row: ClientTotals, traced: TracedRequest): void {
    row.withFieldTimes += 1;
    for (const field of traced.fields) {
      this.#field(row, field.parentType, field.name, field.returnType)?.add(field, traced.weight);
    }
    this.#addTrace(operation, traced.trace);
  }

  #addTrace({ key }: OperationUse, trace: Uint8Array): void {
    const size = this.#traceBytes + trace.length;
    if (size > this.#limits.traceBytes) return;
    this.#traceBytes = size;
    this.operations.get(key)?.traces.push(trace);
  }

  #mergeRow(row: ClientTotals, other: ClientTotals): void {
    row.requests += other.requests;
    row.withErrors += other.withErrors;
    row.withFieldTimes += other.withFieldTimes;
    row.persistedQueryHits += other.persistedQueryHits;
    row.persistedQueryMisses += other.persistedQueryMisses;
    row.latencies.merge(other.latencies);
    row.errors.merge(other.errors, this.#room);
    for (const [type, fields] of other.fields) {
      for (const [name, totals] of fields) {
        this.#field(row, type, name, totals.returnType)?.merge(totals);
      }
    }
  }

  #field(row: ClientTotals, type: string, name: string, returnType: string): FieldTotals | null {
    const known = row.fields.get(type)?.get(name);
    if (known) return known;
    if (!this.#takes(FIELD + type.length + name.length + returnType.length)) return null;
    const made = new FieldTotals(returnType);
    const fields = row.fields.get(type);
    if (fields) fields.set(name, made);
    else row.fields.set(type, new Map([[name, made]]));
    return made;
  }

  #takes(size: number): boolean {
    if (this.#bytes + size > this.#limits.bytes - this.#limits.traceBytes) return false;
    this.#bytes += size;
    return true;
  }
}

function emptyRow(clientName: string, clientVersion: string): ClientTotals {
  return {
    clientName,
    clientVersion,
    latencies: new DurationHistogram(),
    errors: new ErrorTree(),
    fields: new Map(),
    requests: 0,
    withErrors: 0,
    withFieldTimes: 0,
    persistedQueryHits: 0,
    persistedQueryMisses: 0,
  };
}

function sizeOf({ key, fields }: OperationUse): number {
  return Object.entries(fields).reduce(
    (sum, [type, { fieldNames }]) =>
      sum + type.length + fieldNames.reduce((own, name) => own + name.length + 8, 16),
    2 * key.length,
  );
}
