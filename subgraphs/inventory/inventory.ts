import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Availability } from './availability.ts';
import type { ProductDirectory } from './product-directory.ts';

/** What the use cases work with. */
export interface Inventory {
  readonly db: NodePgDatabase;
  readonly availability: Availability;
  readonly products: ProductDirectory;
  /** Gives the present time. */
  readonly clock: () => Date;
}
