import type { DocumentNode } from 'graphql';

/** An operation that a client sends, or may send, from wherever it is known. */
export interface UsedOperation {
  readonly name: string;
  readonly client: string;
  /** The version of the client, where it was recorded. */
  readonly version?: string;
  /** How often it was sent in the recorded time; missing where only its text is known. */
  readonly count?: number;
  readonly lastSeen?: Date;
  /** The file, or the traffic, that it is known from. */
  readonly source: string;
  /** Its text with its fragments; null where only the fields that it uses were recorded. */
  readonly document: DocumentNode | null;
  /**
   * Whether its text is a signature, as recorded traffic has it: lists and objects are empty in it whatever they held,
   * and aliases are gone.
   */
  readonly isSignature?: boolean;
  /** The coordinates of the fields that it uses; looked at where there is no document. */
  readonly fields: readonly string[];
}

/** Whether an operation stands in a file or a manifest with its text: not one that was only recorded. */
export function isWritten({ document, count }: UsedOperation): boolean {
  return document !== null && count === undefined;
}

/** What of a schema an operation uses. */
export interface Coordinates {
  /** What its text names. */
  readonly sure: ReadonlySet<string>;
  /** What its variables may hold: nobody knows their values. */
  readonly maybe: ReadonlySet<string>;
}
