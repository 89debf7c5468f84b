import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SchemaFileError } from '#schema/schema-file.ts';
import { readPolicy } from '#schema/rules/policy.ts';
import { daysBefore } from '#schema/usage/days.ts';
import type { RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import { RegistryError } from '../registry-error.ts';
import type { JudgeJob, JudgeReply, Verdict } from './judge-job.ts';

/** Judges one job after the other. */
export interface Judge {
  /**
   * @param job asked for when its turn has come: who waits holds little, and is judged by what is served then
   * @throws RegistryError where a file that it needs cannot be read, or too many wait
   */
  judge(job: () => GivenJob | Promise<GivenJob>): Promise<Verdict>;
  /** @throws RegistryError where too many wait */
  requireRoom(): void;
}

/** What whoever asks knows of a job. */
export type GivenJob = Omit<JudgeJob, 'recorded' | 'contractsFile' | 'policyFile'>;

export interface JudgeOptions {
  readonly contractsFile: string;
  readonly policyFile: string;
  /** What was recorded of clients since a day, beside what the policy names. */
  readonly recordedUsage: (since: Date) => Promise<RecordedTraffic>;
}

/** Milliseconds that a job may take: Rover waits five minutes for a check, and others wait behind it. */
export const JUDGED_WITHIN = 4 * 60 * 1000;
/** Jobs that are judged, or wait for it: each may hold a schema of 20 MiB. */
export const MOST_JOBS = 30;

/**
 * Judges in a process that lives as long as its job: composing a large graph takes seconds, in which gateways that poll
 * and probes want an answer, and the composers take memory that nobody needs before the next job.
 */
export function createJudge({ recordedUsage, ...files }: JudgeOptions): Judge {
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  const requireRoom = (): void => {
    if (jobs < MOST_JOBS) return;
    const message = `The registry has ${jobs} schemas to judge already: try again in some minutes.`;
    throw new RegistryError('BUSY', message);
  };
  const judged = async (given: GivenJob): Promise<Verdict> => {
    const recorded = given.isTrusted
      ? { operations: [], leftOut: 0 }
      : await recordedUsage(await firstDay(files.policyFile));
    return inProcess({ ...given, ...files, recorded });
  };
  return {
    requireRoom,
    async judge(job) {
      requireRoom();
      jobs++;
      const turn = last.then(async () => judged(await job())).finally(() => jobs--);
      last = turn.catch(() => {});
      return turn;
    },
  };
}

/** The first day whose usage counts, as the policy has it. */
async function firstDay(policyFile: string): Promise<Date> {
  try {
    const { usage } = await readPolicy(policyFile);
    return daysBefore(new Date(), usage.days);
  } catch (error) {
    throw error instanceof SchemaFileError ? unreadable(error.message) : error;
  }
}

function unreadable(problem: string): RegistryError {
  return new RegistryError('REFUSED', `The registry cannot judge schemas: ${problem}`);
}

const PROGRAM = fileURLToPath(new URL('./judge-process.ts', import.meta.url));

async function inProcess(job: JudgeJob): Promise<Verdict> {
  const child = fork(PROGRAM, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    const reply = await new Promise<JudgeReply>((resolve, reject) => {
      const late = `The schema could not be judged within ${JUDGED_WITHIN / 60_000} minutes.`;
      limit = setTimeout(() => reject(new RegistryError('REFUSED', late)), JUDGED_WITHIN);
      child.once('message', (message) => resolve(message as JudgeReply));
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(new Error(`the judge ended with ${signal ?? `code ${code}`}: it says why above`)),
      );
      child.send(job);
    });
    if ('problem' in reply) throw unreadable(reply.problem);
    return reply.verdict;
  } finally {
    clearTimeout(limit);
    child.kill('SIGKILL');
  }
}
