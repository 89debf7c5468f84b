import type { Readable } from 'node:stream';

/**
 * Where the bytes of resumes are, by the id of the resume. A file is first received, perhaps several times
 * over, and then kept. What is kept does not change any more, whatever is received afterwards.
 */
export interface FileStorage {
  /**
   * Takes bytes in place of what was received before. When this returns all of them are stored durably; when
   * it throws, what was received before is still there.
   *
   * @param limit the most bytes
   * @throws TooManyBytes, SenderGone
   */
  receive(id: string, bytes: Readable, limit: number): Promise<void>;
  /** Keeps what was received, if anything was. @returns whether there is a kept file now */
  keep(id: string): Promise<boolean>;
  /** Reads a kept file. @returns null where there is none */
  read(id: string): Promise<Readable | null>;
  /** Removes a file, received or kept. What is not there is no fault. */
  remove(id: string): Promise<void>;
  /** Removes what was received but never kept, and is older than an instant. */
  removeReceived(before: Date): Promise<void>;
  /** @throws when nothing can be stored */
  check(): Promise<void>;
}

/** More bytes came than were announced. */
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
