import { Readable } from 'node:stream';
import { isUuid } from '#platform/graph/ids.ts';
import { removeOldFiles, writeDraft } from './draft.ts';
import type { ObjectStore } from './object-store.ts';
import type { DirectAccess, FileStorage, Layout } from './storage.ts';

/**
 * Files in an object store: of those on their way the first part as `received/<id>`, and the others, of which there are
 * mostly none, as `received/parts-of-<id>/<offset>`; kept ones as `kept/<first two of the key>/<key>`. Names come from
 * ids and hashes only, never from what a client calls a file.
 */
export function fileStorage(
  store: ObjectStore,
  { received, kept }: Layout = { received: 'received', kept: 'kept' },
): FileStorage {
  const firstPart = (id: string) => `${received}/${uuid(id)}`;
  const otherParts = (id: string) => `${received}/parts-of-${uuid(id)}`;
  const partName = (id: string, offset: number) =>
    offset === 0 ? firstPart(id) : `${otherParts(id)}/${offset}`;
  const keptName = (key: string) => `${kept}/${checkedKey(key).slice(0, 2)}/${key}`;

  /** The names of the parts that follow one another without a gap, and the bytes in them. */
  async function chainOf(id: string): Promise<{ names: string[]; size: number }> {
    const names: string[] = [];
    for (let size = 0; ;) {
      const name = partName(id, size);
      const length = await store.size(name);
      // An empty part would be followed by itself.
      if (length === null || length === 0) return { names, size };
      names.push(name);
      size += length;
    }
  }

  /** Removes the parts that follow none: nobody would count them. */
  async function removeUnchained(id: string): Promise<void> {
    const { names } = await chainOf(id);
    const others = (await store.list(otherParts(id))).filter((name) => !names.includes(name));
    await Promise.all(others.map((name) => store.remove(name)));
  }

  return {
    receive: async (id, bytes, { offset, limit, mayBreakOff }) => {
      const name = partName(id, offset);
      const draft = await writeDraft(store.drafts, bytes, limit, mayBreakOff);
      try {
        await store.put(name, draft.path);
      } finally {
        await draft.discard();
      }
      // Whoever is last, of several at once, sees all parts, and leaves those of one file.
      await (offset === 0 ? store.removeFolder(otherParts(id)) : removeUnchained(id));
      return draft.size;
    },
    receivedSize: async (id) => (await chainOf(id)).size,
    openReceived: async (id) => {
      const { names } = await chainOf(id);
      return names.length === 0 ? null : Readable.from(joined(store, names));
    },
    dropReceived: async (id) => {
      // The first part goes first: without it the others are nothing.
      await store.remove(firstPart(id));
      await store.removeFolder(otherParts(id));
    },
    draft: (bytes, limit) => writeDraft(store.drafts, bytes, limit, false),
    keep: (key, draft) => store.put(keptName(key), draft.path),
    open: (key) => store.read(keptName(key)),
    remove: (key) => store.remove(keptName(key)),
    removeLeftovers: async (before) => {
      await removeOldFiles(store.drafts, before);
      await store.removeOlder(received, before);
    },
    placeOf: (key) => store.placeOf(keptName(key)),
    direct: store.direct && directTo(store.direct, firstPart, keptName),
    check: () => store.check(),
  };
}

const directTo = (
  direct: DirectAccess,
  receivedName: (id: string) => string,
  keptName: (key: string) => string,
): DirectAccess => ({
  uploadUrl: (id, file, seconds) => direct.uploadUrl(receivedName(id), file, seconds),
  downloadUrl: (key, file, seconds) => direct.downloadUrl(keptName(key), file, seconds),
});

async function* joined(store: ObjectStore, names: readonly string[]): AsyncGenerator<Buffer> {
  for (const name of names) {
    const part = await store.read(name);
    // It was removed a moment ago: what follows does not fit any more.
    if (part === null) return;
    yield* part as AsyncIterable<Buffer>;
  }
}

/** No text but a UUID may become part of a name. */
function uuid(id: string): string {
  if (!isUuid(id)) throw new TypeError('only a UUID names a file on its way');
  return id;
}

/** No text but a UUID or a SHA-256 may become part of a name. */
function checkedKey(key: string): string {
  if (isUuid(key) || /^[0-9a-f]{64}$/.test(key)) return key;
  throw new TypeError('only a UUID or a SHA-256 names a kept file');
}
