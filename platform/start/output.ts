import type { ChildProcess } from 'node:child_process';
import type { WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pino } from 'pino';

/** What a program prints, kept and shown. */
export interface Output {
  /** Follows one run of the program. */
  follow(child: ChildProcess): void;
  /** The last lines it printed, for when it fails. */
  lastLines(): string;
}

/** How many lines: a stack trace with its message. */
const KEPT = 20;
const levels = pino.levels.values as Record<string, number> & { warn: number };

/**
 * Writes every line of a program to its log file, and shows log lines of level warn and above on the terminal.
 *
 * @param showPlain whether plain lines are shown as well, for programs that report progress. Those of a server
 *   are shown when it ends: they are most often the stack trace that it ends with.
 */
export function followOutput(
  name: string,
  file: WriteStream,
  say: (line: string) => void,
  showPlain = false,
): Output {
  let kept: string[] = [];
  const take = (line: string) => {
    file.write(`${line}\n`);
    if (line.trim() === '') return;
    const entry = parseLogLine(line);
    kept = [...kept, entry ? entry.text : line].slice(-KEPT);
    if (entry ? entry.level >= levels.warn : showPlain) {
      say(`[${name}] ${entry ? entry.text : line}`);
    }
  };
  return {
    follow(child) {
      for (const stream of [child.stdout, child.stderr]) {
        if (stream) createInterface({ input: stream }).on('line', take);
      }
    },
    lastLines: () => (kept.length > 0 ? kept : ['(it printed nothing)']).join('\n'),
  };
}

/** Reads a line of pino's; undefined for any other. */
function parseLogLine(line: string): { level: number; text: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: number;
      msg?: string;
      err?: { message?: string };
    };
    if (typeof level !== 'number') return undefined;
    const word = Object.entries(levels).find(([, value]) => value === level)?.[0] ?? String(level);
    const cause = err?.message && err.message !== msg ? `: ${err.message}` : '';
    return { level, text: `${word}: ${msg ?? ''}${cause}` };
  } catch {
    return undefined;
  }
}
