import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchRequest } from '../measure.ts';
import { end, OTHER_CORE, startOn } from '../processes.ts';

/** What a gateway is measured with while labels are on for none, some, or all. */
export interface LabelScenario {
  readonly name: string;
  readonly requests: readonly BenchRequest[];
  /** Starts the gateway. */
  readonly command: (port: number) => string[];
  readonly env: Readonly<Record<string, string>>;
  /** Requests that the subgraphs received since it was last asked. */
  readonly count: () => Promise<number>;
  end(): Promise<void>;
}

/** A session of somebody who has not logged in. */
export function session(index: number): { cookie: string } {
  return { cookie: `graph_session=${String(index).padStart(21, 's')}A` };
}

/** Starts a program that serves subgraphs. @param file in `graph/` @returns their ports by name, and how to count */
export async function startSubgraphs(file: string, argument: string) {
  const program = join(import.meta.dirname, '../graph', file);
  const child = startOn(OTHER_CORE, [process.execPath, program, argument], { ipc: true });
  child.stderr?.pipe(process.stderr);
  const [ports] = (await once(child, 'message')) as [Record<string, number>];
  const count = async (): Promise<number> => {
    const counts = await Promise.all(
      Object.values(ports).map((port) =>
        fetch(`http://127.0.0.1:${port}/`).then((response) => response.text()),
      ),
    );
    return counts.reduce((sum, text) => sum + Number(text), 0);
  };
  return { ports, count, end: () => end(child) };
}
