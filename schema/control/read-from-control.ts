import { openDatabase, type Db } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { codeOf, ControlError, findControl } from './find-control.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01';

/**
 * Reads from the database `control`, and changes nothing there.
 *
 * @param withoutTables what it means when the tables are not there
 * @param read its own ControlErrors are passed on
 * @throws ControlError, ConfigError
 */
export async function readFromControl<T>(
  withoutTables: string,
  read: (db: Db) => Promise<T>,
): Promise<T> {
  const { url, unusable } = await findControl();
  const log = createLog('schema', 'silent');
  const control = openDatabase({ url, poolSize: 1, applicationName: 'npm run schema', log });
  try {
    return await read(control.db);
  } catch (error) {
    if (error instanceof ControlError) throw error;
    throw unusable(error, codeOf(error) === UNDEFINED_TABLE ? withoutTables : undefined);
  } finally {
    await control.close();
  }
}
