import { once } from 'node:events';
import { ending, launch, signalProcess } from './launch.ts';
import type { Output } from './output.ts';
import type { Task } from './processes.ts';

/** A program that should have ended well has not. */
export class TaskError extends Error {
  readonly code = 'TASK_FAILED';
}

/**
 * Runs a program to its end.
 *
 * @param stop ends the program early
 * @throws TaskError when it ends with anything but 0
 */
export async function runTask(
  root: string,
  task: Task,
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  const child = launch(root, task);
  output.follow(child);
  const abort = () => signalProcess(child, 'SIGTERM');
  stop.addEventListener('abort', abort, { once: true });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  stop.removeEventListener('abort', abort);
  stop.throwIfAborted();
  if (code !== 0) {
    throw new TaskError(`${task.name} (${task.entry}) ${ending(code, signal)}: it says why above`);
  }
}
