import type { Progress } from '../stages/move-work.ts';
import { duration } from './words.ts';

/** Where a bar is drawn: standard error, so that what a command prints stays clean. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A line that is drawn again and again. */
export interface ProgressBar {
  readonly progress: Progress;
  /** Clears the line: before something else is printed. */
  clear(): void;
}

const WIDTH = 24;
/** Milliseconds between two drawings. */
const EVERY = 100;

/**
 * Shows how far long work is, and how long it will still take. Draws nothing where nobody looks: into a file or a pipe.
 *
 * @param now milliseconds
 */
export function progressBar(screen: Screen, now: () => number = Date.now): ProgressBar {
  let what = '';
  let began = 0;
  let drawn = 0;
  return {
    progress(name, done, total) {
      if (!screen.isTTY) return;
      const at = now();
      if (name !== what) [what, began, drawn] = [name, at, 0];
      if (at - drawn < EVERY && done < total) return;
      drawn = at;
      screen.write(`\r\u001B[2K${barOf(name, done, total, at - began)}`);
    },
    clear() {
      if (screen.isTTY && drawn > 0) screen.write('\r\u001B[2K');
    },
  };
}

/** @param elapsed milliseconds since it was at 0 */
export function barOf(name: string, done: number, total: number, elapsed: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(part * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const left = part > 0 && part < 1 ? `, ${duration((elapsed * (1 - part)) / part)} left` : '';
  return `${name} ${bar} ${Math.floor(part * 100)}%  ${count(done)} of ${count(total)}${left}`;
}

const count = (number: number) => number.toLocaleString('en');
