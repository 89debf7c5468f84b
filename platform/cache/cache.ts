/** A cache whose entries run out. Values are JSON. A cache that fails behaves as an empty one. */
export interface Cache {
  /** @returns the value, or undefined where there is none or its time is over */
  get<Value>(key: string): Promise<Value | undefined>;
  /** @param ttlMs how long the value may be served, in milliseconds */
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
  /** Forgets values; keys that are not there are no fault. */
  delete(keys: readonly string[]): Promise<void>;
  /** Answers when the store behind the cache does. @throws when it does not */
  ping(): Promise<void>;
  close(): Promise<void>;
}
