import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenMoves } from '../open-moves.ts';
import { withMoves } from '../move-database.ts';
import { openFlip } from '../flip/flip-record.ts';
import type { MoveFacts } from '../stages/facts.ts';
import { readFacts } from '../stages/read-facts.ts';
import { duration, share, time } from './words.ts';
import { UsageError, type Call, type Command } from './command.ts';

/** Milliseconds between two looks. */
const EVERY = 1_000;

export const watchCommand: Command = {
  name: 'watch',
  usage: '<move> [--for seconds] [--json]',
  summary:
    'Prints a line whenever something of a move has changed: its stage, lag, backfill, flips. Ctrl-C ends it.',
  details: `
  --for <seconds>  ends by itself; 0 prints one line`,
  options: { for: { type: 'string' } },
  takesMove: 'always',
  run: runWatch,
};

async function runWatch({ move, values, environment, say, stop }: Call): Promise<void> {
  const until = values.for === undefined ? Infinity : Date.now() + secondsOf(values.for) * 1_000;
  await withMoves(environment, async (moves) => {
    for (let last = ''; !stop.aborted;) {
      const facts = await readFacts(moves, move.name);
      const line = values.json
        ? JSON.stringify(await seen(moves, facts))
        : await lineOf(moves, facts);
      if (line !== last) say(values.json ? line : `${time(facts.now)}  ${line}`);
      last = line;
      if (Date.now() + EVERY > until) return;
      await sleep(EVERY, undefined, { signal: stop }).catch(() => {});
    }
  });
}

async function lineOf(moves: OpenMoves, facts: MoveFacts): Promise<string> {
  const { stage, reads, writes, lagMs, pending, backfill, parked, flip } = await seen(moves, facts);
  return [
    `${stage}, reads ${share(reads)}, writes ${share(writes)}`,
    `${pending.toLocaleString('en')} pending for ${duration(lagMs)}`,
    `backfill ${backfill.marked.toLocaleString('en')}, ${backfill.pending.toLocaleString('en')} waiting${backfill.isFinished ? '' : ', not finished'}`,
    ...(parked > 0 ? [`${parked} parked`] : []),
    ...(flip ? [`flip ${flip.id} to ${flip.to}: ${flip.step}`] : []),
  ].join('; ');
}

async function seen({ control }: OpenMoves, { state, legacy, new: fresh, move }: MoveFacts) {
  const flip = await openFlip(control.db, move);
  return {
    move,
    stage: state.stage,
    reads: state.readPercent,
    writes: state.writePercent,
    pending: legacy.pending + fresh.pending,
    // To a tenth of a second, so that a line is new only when something is.
    lagMs: Math.round(Math.max(legacy.lagMs, fresh.lagMs) / 100) * 100,
    backfill: {
      isFinished: legacy.backfilled || fresh.backfilled,
      marked: legacy.marked + fresh.marked,
      pending: legacy.backfillPending + fresh.backfillPending,
    },
    parked: legacy.parked + fresh.parked,
    flip: flip && { id: flip.id, to: flip.toSide, step: flip.step, buckets: flip.buckets.length },
  };
}

function secondsOf(text: string | boolean): number {
  const seconds = Number(text);
  if (seconds >= 0 && seconds <= 864_000) return seconds;
  throw new UsageError(`--for is "${text}": a number of seconds is expected`);
}
