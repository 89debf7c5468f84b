import type { FastifyInstance } from 'fastify';
import type { Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import type { Caller } from './keys/keys.ts';

/** What the process of the registry lends to what it serves beside. */
export interface RegistryHost {
  /** The database `control`. */
  readonly database: Database;
  /** Its URL, for migrations: those of each room have a table of notes of their own. */
  readonly databaseUrl: string;
  readonly graph: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Who has the key of a header `x-api-key`. @throws RegistryError, whose message is for the caller */
  readonly authenticate: (key: string | undefined) => Promise<Caller>;
}

/** Something that is served by the process of the registry, because it belongs to the same people. */
export interface RegistryPart {
  /** Before anything is served: its migrations. */
  begin?(): Promise<void>;
  /** Adds its routes. */
  routes?(server: FastifyInstance): void | Promise<void>;
  /** What clients have sent since a day, for the checks. Asked once for each. */
  recordedUsage?(since: Date): Promise<RecordedTraffic>;
  /** After the last request has been answered. */
  close?(): Promise<void>;
}

export type RegistryExtension = (host: RegistryHost) => RegistryPart;
