import { isLoopback } from '#platform/config.ts';
import type { StartSettings } from './config.ts';

/** What is not there, and what is done instead: said aloud, so that nobody mistakes it for more. */
export function absences(settings: StartSettings): string[] {
  return [
    ...(settings.DATABASE_URL
      ? []
      : ['DATABASE_URL is not set: an embedded PostgreSQL 18 keeps the data on this machine']),
    ...(settings.REDIS_URL
      ? []
      : ['REDIS_URL is not set: caches are kept in memory, by each process for itself']),
    ...(isLoopback(settings.HOST)
      ? []
      : [
          `HOST is ${settings.HOST}: the registry has no local key; npm run schema -- registry keys create makes one`,
        ]),
    ...(settings.TRUST_OVERRIDE_HEADER
      ? [
          'TRUST_OVERRIDE_HEADER is true: any client can choose implementations with the header x-override-labels',
        ]
      : []),
  ];
}
