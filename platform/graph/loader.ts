import DataLoader from 'dataloader';

/**
 * A loader that asks for many keys at once and gives null for what does not exist.
 *
 * @param load gives the rows of the keys in any order, those that exist
 * @param keyOf the key of a row
 */
export function loaderByKey<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

/**
 * A loader of lists: gives the rows that belong to a key, in the order in which `load` gives them.
 *
 * @param load gives the rows of all keys
 * @param ownerOf the key that a row belongs to
 */
export function listLoader<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => string,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (keys) => {
    const lists = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await load(keys)) lists.get(ownerOf(row))?.push(row);
    return keys.map((key) => lists.get(key) ?? []);
  });
}

/**
 * Loads nested lists: those of all owners that are asked for with equal arguments come at once.
 *
 * @param load gives the list of each owner, in the order of the owners
 */
export function nestedLists<Arguments, List>(
  load: (owners: readonly string[], asked: Arguments) => Promise<readonly (List | Error)[]>,
): (owner: string, asked: Arguments) => Promise<List> {
  const loaders = new Map<string, DataLoader<string, List>>();
  return (owner, asked) => {
    const key = JSON.stringify(asked);
    const loader =
      loaders.get(key) ?? new DataLoader<string, List>((owners) => load(owners, asked));
    loaders.set(key, loader);
    return loader.load(owner);
  };
}
