import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SupergraphManager } from '@apollo/gateway';
import type { Logger } from '#platform/log.ts';
import { SupergraphError } from './supergraph.ts';

/**
 * Milliseconds between two looks at the file. Looking finds changes where notifications of the file system
 * do not: mounted volumes, and symbolic links that are turned, as Kubernetes does with config maps.
 */
const WATCH_INTERVAL = 500;

/** Takes the supergraph from a file, and again whenever the file changes. A bad change is logged and left aside. */
export function supergraphFile(path: string, log: Logger): SupergraphManager {
  return {
    initialize: async ({ update }) => {
      let current = await read(path);
      const reload = async (): Promise<void> => {
        try {
          const next = await read(path);
          if (next === current) return;
          update(next);
          current = next;
        } catch (err) {
          log.error({ err, path }, 'the changed supergraph is left aside: the one before stays');
        }
      };
      const changed = (): void => void reload();
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
