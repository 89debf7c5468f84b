import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port that a process is going to listen on, and the variable that names it. */
export interface WantedPort {
  readonly name: string;
  readonly variable: string;
  readonly port: number;
}

/** Ports cannot be had. The message names each, and the variable that moves it. */
export class PortsError extends Error {
  readonly code = 'PORTS';
}

/**
 * Checks, before anything starts, that every port is free and wanted once.
 *
 * @param patience milliseconds to wait for a port that is in use: processes of a killed run may still be draining
 * @throws PortsError
 */
export async function checkPorts(
  host: string,
  wanted: readonly WantedPort[],
  patience = 0,
): Promise<void> {
  const problems = twice(wanted);
  const deadline = Date.now() + patience;
  for (const { name, variable, port } of wanted) {
    let fault = await whyNot(host, port);
    while (fault === 'EADDRINUSE' && Date.now() < deadline) {
      await sleep(100);
      fault = await whyNot(host, port);
    }
    if (fault === undefined) continue;
    const why =
      fault === 'EADDRINUSE' ? 'is in use by another program' : `cannot be had (${fault})`;
    problems.push(`port ${port} of ${host}, for ${name}, ${why}: ${variable} names another`);
  }
  if (problems.length === 0) return;
  throw new PortsError(
    `npm start cannot have its ports:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\n` +
      `End the programs that use them, or move ours, for example: ${example(wanted[0])} npm start`,
  );
}

function example(wanted: WantedPort | undefined): string {
  return wanted ? `${wanted.variable}=${(wanted.port + 1_000) % 65_536}` : '';
}

function twice(wanted: readonly WantedPort[]): string[] {
  return wanted.flatMap(({ port, variable }, index) => {
    const other = wanted.slice(0, index).find((earlier) => earlier.port === port);
    return other ? [`${other.variable} and ${variable} are both ${port}: give each its own`] : [];
  });
}

async function whyNot(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  } finally {
    probe.close();
  }
}
