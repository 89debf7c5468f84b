/** The most ids that the monolith takes in one request. */
const MAX_IDS = 1_000;

/** Asks for many ids with as few requests as the monolith allows, all at once. */
export async function inChunks<Row>(
  ids: readonly string[],
  load: (ids: string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const chunks: string[][] = [];
  for (let start = 0; start < ids.length; start += MAX_IDS) {
    chunks.push(ids.slice(start, start + MAX_IDS));
  }
  return (await Promise.all(chunks.map(load))).flat();
}
