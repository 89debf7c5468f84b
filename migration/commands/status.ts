import type { MoveState } from '#platform/moves/move-state.ts';
import { readMoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES, type Move, type MoveName } from '#platform/moves/moves.ts';
import { awayFrom, knowsAll, withControl, withMoves } from '../move-database.ts';
import { readWriters } from '../ownership/writers.ts';
import type { MoveFacts } from '../stages/facts.ts';
import { readFacts } from '../stages/read-facts.ts';
import type { Call, Command } from './command.ts';
import { phasesTable, type Known } from './phases.ts';
import { nextGates, statusOfMove } from './status-of-move.ts';
import { moveJson, statusJson, statusTable } from './status-tables.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: '[move]',
  summary: 'Where each move stands: the table of the migration reports, and the figures behind it.',
  details: `
  STAGE     legacy, sync, shadow, canary, cutover, soak or sealed
  READS     who answers queries; WRITES: who owns what is written
  LAG       for how long the oldest change has been on its way to the other side
  PENDING   changes on their way; PARKED: what could not be carried over
  VERIFIED  when both sides were compared last, and how many aggregates differed

With a move it says more of that one: what is parked and why, who writes to the monolith's database, and what the
next stage asks for.`,
  options: {},
  takesMove: 'if named',
  run: runStatus,
};

async function runStatus(call: Call): Promise<void> {
  const named: Move | undefined = call.move;
  if (named) await oneMove(named.name, call);
  else await allMoves(call);
}

async function oneMove(move: MoveName, { values, environment, say }: Call): Promise<void> {
  await withMoves(environment, async (moves) => {
    const facts = await readFacts(moves, move);
    const { legacy } = moves.placesOf(move);
    const writers = facts.legacy.installed ? await readWriters(legacy.db, move) : [];
    say(
      values.json
        ? JSON.stringify(
            { ...moveJson(facts.state, facts), writers, next: nextGates(facts) },
            null,
            2,
          )
        : statusOfMove(facts, writers),
    );
  });
}

async function allMoves({ values, environment, say }: Call): Promise<void> {
  const { version, states, facts } = await withControl(environment, async ({ db }) => {
    const snapshot = await readMoveSnapshot(db);
    return {
      version: snapshot.version,
      states: MOVES.flatMap(({ name }) => snapshot.moves.get(name) ?? []),
      facts: knowsAll(environment)
        ? await factsOf(environment, [...snapshot.moves.values()])
        : null,
    };
  });
  if (values.json) {
    say(statusJson(version, states, facts));
    return;
  }
  const note = facts
    ? ''
    : '\nOnly CONTROL_DATABASE_URL is set: lag, pending and parked need the databases of the moves.';
  say(
    `${phasesTable(states, facts)}\n\n${statusTable(states, facts)}\n\nVersion ${version}.${note}${problemsOf(facts)}`,
  );
}

/** What kept the figures of moves from being read, each said once. */
function problemsOf(facts: Known): string {
  const known = facts ? [...facts.values()] : [];
  const problems = new Set(known.flatMap((one) => (one instanceof Error ? one.message : [])));
  return [...problems].map((problem) => `\n? ${problem}.`).join('');
}

/** What is known of each move; an error where its databases do not answer. */
async function factsOf(
  environment: Call['environment'],
  states: readonly MoveState[],
): Promise<Known> {
  return withMoves(environment, async (moves) => {
    const known = new Map<MoveName, MoveFacts | Error>();
    for (const { move } of states) {
      const facts = await readFacts(moves, move).catch(async (error: Error) => {
        const away = await awayFrom(moves);
        return away === null ? error : new Error(away, { cause: error });
      });
      known.set(move, facts);
    }
    return known;
  });
}
