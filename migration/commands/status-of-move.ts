import type { Stage } from '#platform/moves/move-state.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { Writer } from '../ownership/writers.ts';
import { isInstalled, ownedBy, parkedOf, type MoveFacts } from '../stages/facts.ts';
import { gateLines, gatesOf, type Gate, type Transition } from '../stages/gates.ts';
import { columns } from '#platform/text-columns.ts';
import { counted, duration, share, time } from './words.ts';
import { verifiedOf } from './status-tables.ts';

/** What comes after each stage, and the command for it. */
const NEXT: Readonly<Record<Stage, { transition: Transition; command: string } | null>> = {
  legacy: { transition: 'legacy to sync', command: 'advance' },
  sync: { transition: 'sync to shadow', command: 'advance' },
  shadow: { transition: 'shadow to canary', command: 'advance' },
  canary: { transition: 'canary to cutover', command: 'advance' },
  cutover: { transition: 'cutover to soak', command: 'advance' },
  soak: { transition: 'soak to sealed', command: 'seal' },
  sealed: null,
};

/** What the next stage asks for, and what is found; none where there is no next stage. */
export function nextGates(facts: MoveFacts): Gate[] {
  const next = NEXT[facts.state.stage];
  return next ? gatesOf(next.transition, facts) : [];
}

/** Everything about one move, for people. */
export function statusOfMove(facts: MoveFacts, writers: readonly Writer[]): string {
  const { state, move } = facts;
  const { stage, readPercent, writePercent } = state;
  return [
    `${move} is at ${stage}: reads ${share(readPercent)}, writes ${share(writePercent)}; since ${time(state.updatedAt)}, by ${state.updatedBy}.`,
    '',
    columns(figuresOf(facts).map(([name, ...found]) => [`  ${name}`, ...found])),
    ...parkedOf(facts).names.map((name) => `      ${name}`),
    ...writerLines(writers),
    ...nextLines(facts),
  ].join('\n');
}

function figuresOf(facts: MoveFacts): string[][] {
  const { legacy, new: fresh } = facts;
  const verified = ['verified', verifiedOf(facts)];
  if (!isInstalled(facts)) return [['capture', 'is not installed'], verified];
  const waiting = legacy.backfillPending + fresh.backfillPending;
  const isCopied = legacy.backfilled || fresh.backfilled;
  const pending = legacy.pending + fresh.pending;
  const parked = parkedOf(facts).count;
  return [
    ['owners', owners(facts, 'legacy'), owners(facts, 'new')],
    ['copied', isCopied ? `everything, ${count(waiting)} waiting` : 'not finished'],
    [
      'on its way',
      pending === 0
        ? 'nothing'
        : `${counted(pending, 'change')}, the oldest for ${duration(Math.max(legacy.lagMs, fresh.lagMs))}`,
    ],
    verified,
    ['parked', parked === 0 ? 'nothing' : count(parked)],
  ].map(([name = '', ...found]) => [name, found.join('; ')]);
}

function owners(facts: MoveFacts, side: Side): string {
  return `${side} ${count(ownedBy(facts, side).length)} of ${count(facts[side].owners.length)} buckets`;
}

/** Who must be looked at before the new side owns writes: the monolith itself is among them, and sends its writes on. */
function writerLines(writers: readonly Writer[]): string[] {
  if (writers.length === 0) return [];
  const rows = writers.map(({ application, role, hours, lastHour }) => [
    `      ${application || '(without a name)'}`,
    `as ${role}`,
    `in ${count(hours)} h, last in that of ${time(lastHour)}`,
  ]);
  return ["  writers to the monolith's database", columns(rows)];
}

function nextLines(facts: MoveFacts): string[] {
  const next = NEXT[facts.state.stage];
  if (!next) return ['', 'There is nothing left to do.'];
  const gates = nextGates(facts);
  const isMet = gates.every(({ met }) => met);
  return [
    '',
    `Next, ${next.transition.replace(' to ', ' -> ')}: ${isMet ? `npm run move -- ${next.command} ${facts.move}` : 'not yet'}`,
    ...gateLines(gates),
  ];
}

const count = (number: number) => number.toLocaleString('en');
