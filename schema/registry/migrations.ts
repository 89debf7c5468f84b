import { join } from 'node:path';

/** The table that remembers the migrations of the registry in `control`, where other rooms have theirs. */
export const MIGRATION_NOTES = '__registry_migrations';
/** The folder of the migrations. */
export const MIGRATIONS = join(import.meta.dirname, 'migrations');
