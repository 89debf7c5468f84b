import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { products } from '../tables.ts';

/** How alike a name and the words must be to match in spite of spelling mistakes, 0 to 1. */
const LEAST_SIMILARITY = '0.4';

/** A search among products: which rows match, and how well, as a whole number. */
export interface ProductSearch {
  readonly matches: SQL;
  readonly rank: SQL<number>;
}

/** Full-text search in name, brand and description, and by likeness in names. */
export function productSearch(text: string): ProductSearch {
  const query = sql`websearch_to_tsquery('english', ${text})`;
  const name = sql`lower(${products.productName})`;
  return {
    // `<%` is word_similarity at or above the threshold of the transaction, by index.
    matches: sql`(${products.searchDoc} @@ ${query} or lower(${text}) <% ${name})`,
    rank: sql<number>`round((ts_rank(${products.searchDoc}, ${query}) + word_similarity(lower(${text}), ${name}))::numeric * 1000000)::int`,
  };
}

/** Sets the threshold of `<%` for this transaction. */
export async function setLeastSimilarity(tx: Db): Promise<void> {
  await tx.execute(
    sql`select set_config('pg_trgm.word_similarity_threshold', ${LEAST_SIMILARITY}, true)`,
  );
}
