import type { Readable } from 'node:stream';
import type { Draft } from './draft.ts';

/**
 * Where files are. A file first comes in, in one part or several, by the id of its upload; what has come can be replaced
 * until then. Copied to a draft it changes no more: that is checked, and then kept under a key. What is kept never changes.
 */
export interface FileStorage {
  /**
   * Takes a part of a file that is on its way. When this returns it is stored durably, in place of what began at the
   * same offset. The first part begins the file anew, and what does not follow without a gap is removed.
   *
   * @returns how many bytes of it were stored: fewer than were to come where it broke off
   * @throws TooManyBytes; SenderGone, where nothing was stored
   */
  receive(id: string, bytes: Readable, part: Part): Promise<number>;
  /** How many bytes have come, without a gap, from the first on. */
  receivedSize(id: string): Promise<number>;
  /** Reads these. @returns null where there are none */
  openReceived(id: string): Promise<Readable | null>;
  /** Removes what has come. What is not there is no fault. */
  dropReceived(id: string): Promise<void>;
  /**
   * Copies bytes to a draft. Whoever asked discards it in the end, kept or not.
   *
   * @param limit the most bytes
   * @throws TooManyBytes, SenderGone
   */
  draft(bytes: Readable, limit: number): Promise<Draft>;
  /** Keeps a draft: all of it is there under its key when this returns, durably. Doing it again changes nothing. */
  keep(key: string, draft: Draft): Promise<void>;
  /** Reads a kept file. @returns null where there is none */
  open(key: string): Promise<Readable | null>;
  /** Removes a kept file. What is not there is no fault. */
  remove(key: string): Promise<void>;
  /** Removes drafts and what has come, where both are older than an instant. */
  removeLeftovers(before: Date): Promise<void>;
  /** Where a kept file is, for a person. */
  placeOf(key: string): string;
  /** URLs that lead clients to the files themselves; null: they have to ask us. */
  readonly direct: DirectAccess | null;
  /** @throws when nothing can be stored */
  check(): Promise<void>;
}

/** Which part of a file comes. */
export interface Part {
  /** The bytes before it. */
  readonly offset: number;
  /** The most bytes of this part. */
  readonly limit: number;
  /** Whether what came before it broke off is stored. */
  readonly mayBreakOff: boolean;
}

/** URLs for which nobody has to log in, each for so many seconds. */
export interface DirectAccess {
  /** To PUT a whole file of exactly this size. */
  uploadUrl(
    id: string,
    file: { readonly byteSize: number; readonly contentType: string },
    seconds: number,
  ): Promise<string>;
  /** To GET a kept file, as something to be saved under a name. */
  downloadUrl(
    key: string,
    file: { readonly filename: string; readonly contentType: string },
    seconds: number,
  ): Promise<string>;
}

/** The folders of the two kinds of files. */
export interface Layout {
  readonly received: string;
  readonly kept: string;
}

/** More bytes came than may. */
export class TooManyBytes extends Error {
  readonly code = 'TOO_MANY_BYTES';
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${limit} bytes were sent`);
    this.name = 'TooManyBytes';
    this.limit = limit;
  }
}

/** The bytes broke off before their end. */
export class SenderGone extends Error {
  readonly code = 'SENDER_GONE';

  constructor(cause: unknown) {
    super('the bytes broke off before their end', { cause });
    this.name = 'SenderGone';
  }
}
