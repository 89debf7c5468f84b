import { z } from 'zod';
import {
  databaseSettings,
  optional,
  readConfig,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { graphSettings } from '#platform/graph-client/settings.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';
import { FAILPOINTS } from './saga/failpoint.ts';

/** What the order subgraph is told. */
export type OrderConfig = ReturnType<typeof orderConfig>;

/** @throws ConfigError that lists every bad variable */
export function orderConfig(environment: Environment = process.env) {
  return readConfig(
    'order',
    {
      ...subgraphSettings(8014),
      ...databaseSettings(),
      ...graphSettings(),
      /** Milliseconds between two looks for sagas that somebody has left behind. */
      ORDER_SWEEP_MS: wholeNumber(2_000, 50, 60_000),
      /** Milliseconds that a saga belongs to a replica which no longer gives a sign of life. */
      ORDER_LEASE_MS: wholeNumber(5_000, 500, 60_000),
      ORDER_FAILPOINT: failpoint(environment),
    },
    environment,
  );
}

/** Where the process is to kill itself, for tests. In production it is refused, not ignored: somebody means harm or errs. */
function failpoint(environment: Environment) {
  const expected =
    environment.NODE_ENV === 'production'
      ? 'nothing: in production no process kills itself'
      : `one of ${FAILPOINTS.join(', ')}`;
  const allowed = environment.NODE_ENV === 'production' ? [] : FAILPOINTS;
  return optional(
    z
      .string()
      .refine((name) => allowed.includes(name), 'not allowed')
      .describe(expected),
  );
}
