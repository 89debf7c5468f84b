import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Environment } from '#platform/config.ts';
import type { Database } from '#platform/database/pool.ts';
import { readMoveSnapshot, type MoveProgress } from '#platform/moves/move-state.ts';
import { MOVES, moveNamed, type Move } from '#platform/moves/moves.ts';
import { changedProgress, MoveRefused, type WantedProgress } from './move-change.ts';
import { withControl } from './move-database.ts';
import { changeReport, historyTable, statusJson, statusTable } from './move-report.ts';
import { lockMoveState, readMoveChanges, writeMoveState } from './move-states.ts';

/** How `move` is called, below the name of the program. */
export const MOVE_HELP = `move set <move> --read-percent <p>   Shares out the queries of a move: p percent of subjects (0 to 100, fractions
             allowed) are answered by the new side, the same ones each time. Works while everything runs.
             --reason <text>, --by <name> (default: your user name) go into the history;
             --write-percent and --stage are taken where they change nothing of who is written to.
  move status [--json]   Where each move stands.
  move history <move>    Its last 50 changes.
             These need CONTROL_DATABASE_URL, or an npm start that runs on this machine.`;

/** How many changes are shown. */
const SHOWN_CHANGES = 50;

/**
 * Runs `move set`, `move status` or `move history`.
 *
 * @param words those after `move`
 * @param say is told what was done
 * @param environment names the database; that of this process where none is given
 * @throws MoveRefused, MoveStatesUnreachable, ConfigError
 */
export async function runMoveCommand(
  words: readonly string[],
  say: (text: string) => void,
  environment?: Environment,
): Promise<void> {
  const { values, positionals } = parse(words);
  const [verb = '', name, ...rest] = positionals;
  if (rest.length > 0) throw usage(`"${rest[0]}" is one word too many`);
  if (verb === 'status') {
    if (name !== undefined) throw usage('move status shows all moves: it takes no name');
    const snapshot = await withControl(environment, ({ db }) => readMoveSnapshot(db));
    say(values.json ? statusJson(snapshot) : statusTable(snapshot));
  } else if (verb === 'history') {
    const move = moveOf(name);
    say(
      historyTable(
        await withControl(environment, ({ db }) => readMoveChanges(db, move.name, SHOWN_CHANGES)),
      ),
    );
  } else if (verb === 'set') {
    const move = moveOf(name);
    const wanted = wantedOf(values);
    say(await withControl(environment, (control) => setMove(control, move, wanted, values)));
  } else throw usage(`there is no "move ${verb}"`);
}

interface Signature {
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** Changes a move. @returns what it did, in words */
async function setMove(
  { db }: Database,
  move: Move,
  wanted: WantedProgress,
  { by, reason }: Signature,
): Promise<string> {
  return db.transaction(async (tx) => {
    const before = await lockMoveState(tx, move.name);
    if (before === null) {
      throw new MoveRefused(
        `nobody has recorded ${move.name} yet: npm start does so by its handover`,
      );
    }
    const after = changedProgress(move, before, wanted);
    if (isSame(before, after)) return `${move.name} is there already: nothing was changed.`;
    const change = {
      move: move.name,
      at: new Date(),
      by: by ?? userName(),
      reason: reason ?? null,
    };
    return changeReport(before, await writeMoveState(tx, before, after, change));
  });
}

function isSame(before: MoveProgress, after: MoveProgress): boolean {
  return before.stage === after.stage && before.readPercent === after.readPercent;
}

function moveOf(name: string | undefined): Move {
  const move = name === undefined ? undefined : moveNamed(name);
  if (move) return move;
  const names = MOVES.map((known) => known.name).join(', ');
  throw new MoveRefused(
    name === undefined
      ? `name a move: ${names}`
      : `there is no move "${name}": the moves are ${names}`,
  );
}

function wantedOf(values: ReturnType<typeof parse>['values']): WantedProgress {
  const { 'read-percent': reads, 'write-percent': writes, stage } = values;
  if (reads === undefined && writes === undefined && stage === undefined) {
    throw usage('say what to set, such as --read-percent 10');
  }
  return {
    readPercent: percentOf('--read-percent', reads),
    writePercent: percentOf('--write-percent', writes),
    stage,
  };
}

function percentOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent >= 0 && percent <= 100) return percent;
  throw new MoveRefused(
    `${option} is "${text}": a number from 0 to 100 is expected, such as 10 or 0.5`,
  );
}

/** Whoever is logged in to the system. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have no name.
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        'read-percent': { type: 'string' },
        'write-percent': { type: 'string' },
        stage: { type: 'string' },
        by: { type: 'string' },
        reason: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0] ?? '');
  }
}

function usage(problem: string): MoveRefused {
  return new MoveRefused(`${problem}. Usage:\n\n  ${MOVE_HELP}`);
}
