import { parse } from 'graphql';
import type { UsedOperation } from './used-operation.ts';

/** What was recorded of a time, as plain data: the text of an operation stands in it once, whoever sent it. */
export interface RecordedTraffic {
  readonly operations: readonly RecordedOperation[];
  /** Requests of which nobody knows the operation. */
  readonly leftOut: number;
}

export interface RecordedOperation {
  readonly name: string;
  /** The traffic that it is known from. */
  readonly source: string;
  /** Its signature; null where only the fields that it uses were recorded. */
  readonly text: string | null;
  /** The coordinates of the fields that it uses. */
  readonly fields: readonly string[];
  readonly senders: readonly Sender[];
}

/** A version of a client that sent an operation. */
export interface Sender {
  readonly client: string;
  /** Missing where the client says none. */
  readonly version?: string;
  readonly count: number;
  readonly lastSeen: Date;
}

/** One operation for each sender. Those of one text share its document. */
export function usedOperations({ operations }: RecordedTraffic): UsedOperation[] {
  return operations.flatMap(({ name, source, text, fields, senders }) => {
    const document = text === null ? null : parse(text, { noLocation: true });
    return senders.map((sender) => ({
      ...sender,
      name,
      source,
      document,
      isSignature: true,
      fields,
    }));
  });
}

/** Several recordings as one. */
export function joinTraffic(parts: readonly RecordedTraffic[]): RecordedTraffic {
  return {
    operations: parts.flatMap(({ operations }) => operations),
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}
