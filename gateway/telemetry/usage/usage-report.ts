import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  Report,
  type IContextualizedStats,
  type IReport,
  type IReportHeader,
  type ITracesAndStats,
  type ITypeStat,
} from '@apollo/usage-reporting-protobuf';
import type { ClientTotals, OperationTotals, UsageTotals } from './usage-totals.ts';

const compress = promisify(gzip);

/** Bytes of one report before it is compressed, roughly: Apollo's own servers send no more than twice as many. */
const LARGEST = 2_097_152;
/** Rows that are written in one turn of the event loop. */
const ROWS_PER_TURN = 50;

/**
 * Writes what has been added up as reports of the protocol, compressed. Large ones are written in several turns of the
 * event loop, so that no request waits for them.
 *
 * @param endTime milliseconds since 1970: to which moment the requests are counted
 */
export async function writeReports(
  totals: UsageTotals,
  header: IReportHeader,
  endTime: number,
): Promise<Buffer[]> {
  const reports: Promise<Buffer>[] = [];
  let parts: Uint8Array[] = [];
  let size = 0;
  let written = 0;
  let rows = 0;
  const finish = (operationCount: number): void => {
    // Messages that follow one another are one message: https://protobuf.dev/programming-guides/encoding/#last-one-wins
    const frame = reportFrame(header, endTime, operationCount);
    reports.push(compress(Buffer.concat([frame, ...parts])));
    parts = [];
    size = 0;
    written = 0;
  };
  let left = totals.requests;
  for (const operation of totals.operations.values()) {
    const part = encode({ tracesPerQuery: { [operation.operation.key]: statsOf(operation) } });
    parts.push(part);
    size += part.length;
    const count = operationsOf(operation);
    written += count;
    left -= count;
    rows += operation.clients.size;
    if (size >= LARGEST) finish(written);
    if (rows >= ROWS_PER_TURN) {
      rows = 0;
      await turn();
    }
  }
  // Those that were left out are counted in the last one.
  if (parts.length > 0 || left > 0) finish(written + left);
  return Promise.all(reports);
}

function reportFrame(header: IReportHeader, endTime: number, operationCount: number): Uint8Array {
  const seconds = Math.floor(endTime / 1_000);
  return encode({
    header,
    endTime: { seconds, nanos: Math.round((endTime - seconds * 1_000) * 1e6) },
    operationCount,
    // Traces are a sample of what is in the statistics already.
    tracesPreAggregated: true,
  });
}

function encode(report: IReport): Uint8Array {
  return Report.encode(report).finish();
}

/** Requests that could not be read are none of an operation. */
function operationsOf({ operation, clients }: OperationTotals): number {
  if (operation.key.startsWith('##')) return 0;
  return [...clients.values()].reduce((sum, { requests }) => sum + requests, 0);
}

function statsOf({ operation, clients, traces }: OperationTotals): ITracesAndStats {
  return {
    trace: traces,
    statsWithContext: [...clients.values()].map(contextualized),
    referencedFieldsByType: operation.fields,
  };
}

function contextualized(client: ClientTotals): IContextualizedStats {
  return {
    context: { clientName: client.clientName, clientVersion: client.clientVersion },
    queryLatencyStats: {
      latencyCount: client.latencies,
      requestCount: client.requests,
      requestsWithErrorsCount: client.withErrors,
      persistedQueryHits: client.persistedQueryHits,
      persistedQueryMisses: client.persistedQueryMisses,
      requestsWithoutFieldInstrumentation: client.requests - client.withFieldTimes,
      rootErrorStats: client.errors,
    },
    perTypeStat: Object.fromEntries(
      [...client.fields].map(([type, fields]): [string, ITypeStat] => [
        type,
        {
          perFieldStat: Object.fromEntries(
            [...fields].map(([name, totals]) => [
              name,
              {
                returnType: totals.returnType,
                errorsCount: totals.errorsCount,
                observedExecutionCount: totals.observedExecutionCount,
                estimatedExecutionCount: Math.round(totals.exactCount),
                requestsWithErrorsCount: totals.requestsWithErrorsCount,
                latencyCount: totals.latencyCount,
              },
            ]),
          ),
        },
      ]),
    ),
  };
}
