import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { resumeReviewConfig } from '../../subgraphs/resume-review/config.ts';
import type { Desk } from '../../subgraphs/resume-review/desk.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { drawPort } from '../setup/ports.ts';
import { deskOf, IDENTITY_SECRET, UPLOAD_SECRET } from './resume-server.ts';

/** The resume-review service as a process, that can be killed. */
export interface ResumeProcess {
  readonly url: string;
  readonly directory: string;
  readonly database: Database;
  /** For what the service does by itself, done here at once. */
  readonly desk: Desk;
  /** Ends it without warning, and starts it again on the same port. */
  killAndRestart(): Promise<void>;
  /** The most memory that it has had since it was started, in bytes (Linux). */
  peakMemory(): Promise<number>;
  close(): Promise<void>;
}

/** @param more settings of the service */
export async function startResumeProcess(
  more: Record<string, string> = {},
): Promise<ResumeProcess> {
  const databaseUrl = await createEmptyDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'resume-review-'));
  const port = await drawPort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    DATABASE_URL: databaseUrl,
    UPLOAD_DIRECTORY: directory,
    UPLOAD_SECRET,
    IDENTITY_SECRET,
    PORT: String(port),
    LOG_LEVEL: 'error',
    ...more,
  };
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['subgraphs/resume-review/main.ts'], {
      env: { ...basicEnvironment(), ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error(`resume-review ended with ${child.exitCode}`);
      await wait(50);
    }
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    const over = once(child, 'exit');
    child.kill(signal);
    await over;
  };
  let running = await start();
  const log = createLog('test', 'silent');
  const database = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test', log });
  return {
    url,
    directory,
    database,
    desk: deskOf(resumeReviewConfig(environment), database),
    killAndRestart: async () => {
      await end(running, 'SIGKILL');
      running = await start();
    },
    peakMemory: async () => {
      const status = await readFile(`/proc/${running.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
    },
    close: async () => {
      await end(running, 'SIGTERM');
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}
