import { userInfo } from 'node:os';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { registryCommandConfig } from './config.ts';
import type { GraphRef } from './graph-ref.ts';
import { MIGRATION_NOTES, MIGRATIONS } from './migrations.ts';

/**
 * Does something with the database `control`: that of CONTROL_DATABASE_URL, else that of the `npm start` which runs on
 * this machine with the same settings.
 *
 * @throws ControlError, ConfigError
 */
export async function withControl<T>(
  act: (control: Database, graph: GraphRef) => Promise<T>,
): Promise<T> {
  const { graph } = registryCommandConfig();
  // Only who needs it pays for reading how npm start finds its databases.
  const { findControl } = await import('#schema/control/find-control.ts');
  const { url, unusable } = await findControl();
  await migrateDatabase(url, MIGRATIONS, MIGRATION_NOTES).catch((error: unknown) => {
    throw unusable(error);
  });
  const log = createLog('registry', 'silent');
  const control = openDatabase({ url, poolSize: 1, applicationName: 'npm run schema', log });
  try {
    return await act(control, graph);
  } finally {
    await control.close();
  }
}

/** Who runs this command, for the history. */
export function whoRuns(): string {
  return userInfo().username;
}
