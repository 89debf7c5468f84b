import { ConfigError } from '#platform/config.ts';
import type { RunningServer } from '#platform/http-server.ts';

/** Milliseconds that requests in flight may take to finish after SIGTERM. */
const DRAIN_LIMIT = 10_000;

/**
 * The `main` of a server process: starts it, says where it listens, and drains it on SIGTERM or SIGINT.
 * Ends the process with 1 when it cannot start, and says why in plain words.
 */
export async function runProcess(name: string, start: () => Promise<RunningServer>): Promise<void> {
  try {
    const server = await start();
    console.log(`${name} listens on ${server.url}`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void drain(name, server));
    }
  } catch (error) {
    console.error(startFailure(name, error));
    process.exit(1);
  }
}

async function drain(name: string, server: RunningServer): Promise<void> {
  setTimeout(() => {
    console.error(
      `${name}: requests were still in flight after ${DRAIN_LIMIT / 1000} s; ending them`,
    );
    process.exit(1);
  }, DRAIN_LIMIT).unref();
  await server.close();
  process.exit(0);
}

/** What to print when a process cannot start: settings and ports are the user's to mend, so no stack trace. */
export function startFailure(name: string, error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${name} cannot start: ${error.message}. End the process that uses the port, or set PORT.`;
  }
  return `${name} cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
