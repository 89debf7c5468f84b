import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { testSettings } from '../../setup/config.ts';

const require = createRequire(import.meta.url);

/** What Rover printed, and how it ended. */
export interface RoverRun {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly error: string;
}

/** Where Rover finds a registry, and as whom. */
export interface RoverSettings {
  readonly url: string;
  readonly key: string;
  readonly folder: string;
  /** More variables, such as those that say where a schema comes from. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The binary that `@apollo/rover` brings for this platform; null where it brings none. */
function binary(): string | null {
  const musl = process.platform === 'linux' && !reportsGlibc() ? '-musl' : '';
  const platform = `@apollo/rover-${process.platform}-${process.arch}${musl}`;
  try {
    return require.resolve(`${platform}/rover${process.platform === 'win32' ? '.exe' : ''}`);
  } catch {
    return null;
  }
}

function reportsGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}

const rover = binary();
const home = await mkdtemp(join(tmpdir(), 'rover-home-'));

/** Runs the real Rover, with nothing of this machine's settings. */
export async function runRover(
  words: readonly string[],
  { url, key, folder, variables = {} }: RoverSettings,
  input = '',
): Promise<RoverRun> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    NO_COLOR: '1',
    APOLLO_ROVER_SKIP_UPDATE: '1',
    APOLLO_TELEMETRY_DISABLED: '1',
    APOLLO_REGISTRY_URL: `${url}/graphql`,
    APOLLO_KEY: key,
    ...variables,
  };
  const child = spawn(rover ?? '', [...words], { cwd: folder, env });
  let [output, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, output, error };
}

// This file decides what runs, so the rules against conditional and skipped tests do not apply to it.
/* oxlint-disable vitest/no-conditional-tests, vitest/valid-title, vitest/valid-describe-callback, vitest/no-disabled-tests */

/** Like `describe`, for tests that need Rover: where it has no binary for a platform they are skipped aloud. */
export function describeWithRover(title: string, body: () => void): void {
  if (rover !== null) return void describe(title, body);
  const why = `@apollo/rover has no binary for ${process.platform} ${process.arch}, or it is not installed`;
  if (testSettings.ci) throw new Error(`"${title}" must run in CI: ${why}`);
  console.warn(`SKIPPED: "${title}": ${why}`);
  describe.skip(title, body);
}
