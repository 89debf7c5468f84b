import type { Readable } from 'node:stream';
import type { DirectAccess } from './storage.ts';

/** A driver: whole objects by names such as `kept/ab/abcd`. What is put is there at once and durably, or not at all. */
export interface ObjectStore {
  /** A folder of this machine for drafts; where objects are files, of the same file system. */
  readonly drafts: string;
  /** In bytes; null where there is no such object. */
  size(name: string): Promise<number | null>;
  /** @returns null where there is no such object */
  read(name: string): Promise<Readable | null>;
  /** Puts a file of this machine in place of what has this name. The file may be gone afterwards. */
  put(name: string, path: string): Promise<void>;
  /** The names of a folder's objects; none where there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** What is not there is no fault. */
  remove(name: string): Promise<void>;
  /** Removes a folder of objects. Those that come at the same time may stay. What is not there is no fault. */
  removeFolder(folder: string): Promise<void>;
  /** Removes the objects of a folder, and of folders in it, that are older than an instant. */
  removeOlder(folder: string, before: Date): Promise<void>;
  /** Where an object is, for a person. */
  placeOf(name: string): string;
  /** URLs of objects, by their names; null: there are none. */
  readonly direct: DirectAccess | null;
  /** @throws when nothing can be stored */
  check(): Promise<void>;
}
