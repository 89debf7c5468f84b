import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SupergraphManager } from '@apollo/gateway';
import { SupergraphError } from './supergraph.ts';

/**
 * Milliseconds between two looks at the file. Looking finds changes where notifications of the file system
 * do not: mounted volumes, and symbolic links that are turned, as Kubernetes does with config maps.
 */
const WATCH_INTERVAL = 500;

/**
 * Takes the supergraph from a file, and again whenever the file changes.
 *
 * @param failed is told when the changed file cannot be read
 */
export function supergraphFile(path: string, failed: (error: Error) => void): SupergraphManager {
  return {
    initialize: async ({ update }) => {
      let current = await read(path);
      const reload = async (): Promise<void> => {
        const next = await read(path);
        if (next === current) return;
        current = next;
        update(next);
      };
      const changed = (): void => void reload().catch(failed);
      watchFile(path, { interval: WATCH_INTERVAL, persistent: false }, changed);
      return { supergraphSdl: current, cleanup: async () => unwatchFile(path, changed) };
    },
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file: write it with `npm run schema -- compose`, or name another with --supergraph'
        : `it cannot be read (${String(code ?? error)})`;
    throw new SupergraphError(reason, error);
  }
}
