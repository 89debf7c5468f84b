import {
  hoursBetween,
  isBefore,
  ownedBy,
  parkedOf,
  type MoveFacts,
  type Neighbour,
} from './facts.ts';

/** What is asked before a move goes on, what was found, and what to do where it is not so. */
export interface Gate {
  readonly asked: string;
  readonly found: string;
  readonly met: boolean;
  /** What to do; said where it is not met. */
  readonly advice: string;
}

/** The transitions that are asked for. */
export type Transition =
  | 'legacy to sync'
  | 'sync to shadow'
  | 'shadow to canary'
  | 'canary to cutover'
  | 'cutover to soak'
  | 'soak to sealed'
  | 'rollback'
  | 'removal';

/** The most changes that may be under way when the sides count as in step. */
const IN_STEP = 100;
/** The longest that a change may be under way then. Milliseconds. */
const IN_TIME = 5_000;

type Rule = (facts: MoveFacts) => Gate;

/** What each transition asks for, in the order in which it is shown. */
const RULES: Readonly<Record<Transition, readonly Rule[]>> = {
  'legacy to sync': [needsInStep],
  'sync to shadow': [captured, backfilled, inStep, nothingParked],
  'shadow to canary': [captured, verified, inStep, nothingParked],
  'canary to cutover': [captured, readsAtNew, verified, inStep, nothingParked, writersKnown],
  'cutover to soak': [captured, readsAtNew, writesAtNew, inStep, nothingParked],
  'soak to sealed': [captured, soaked, verified, nothingPending, nothingParked, referringSealed],
  rollback: [nothingParked],
  removal: [nobodyNeedsIt],
};

/** What a transition asks for, and what is found. */
export function gatesOf(transition: Transition, facts: MoveFacts): Gate[] {
  return RULES[transition].map((rule) => rule(facts));
}

/** The gates for people, one line each, with what to do where one is not met. */
export function gateLines(gates: readonly Gate[]): string[] {
  return gates.flatMap(({ asked, found, met, advice }) => [
    `  ${met ? '✓' : '✗'} ${asked}: ${found}`,
    ...(met ? [] : [`      ${advice}`]),
  ]);
}

function needsInStep({ needs }: MoveFacts): Gate {
  const missing = needs.filter(
    ({ stage, backfilled: isFilled }) => stage === 'legacy' || !isFilled,
  );
  return {
    asked: 'the moves that say whose its data is are in step',
    found: needs.length === 0 ? 'it needs none' : listOf(needs),
    met: missing.length === 0,
    advice: missing
      .map(({ move, stage }) =>
        stage === 'legacy'
          ? `npm run move -- advance ${move}`
          : `wait for the backfill of ${move}: npm run move -- watch ${move}`,
      )
      .join('; '),
  };
}

/** Not so after somebody was interrupted while they took capture away: all other figures are 0 then. */
function captured({ legacy, new: fresh, move }: MoveFacts): Gate {
  const sides = [legacy.installed && 'legacy', fresh.installed && 'new'].filter(Boolean);
  return {
    asked: 'each side hears of what is written on the other',
    found: sides.length === 0 ? 'neither captures' : `${sides.join(' and ')} captures`,
    met: legacy.installed && fresh.installed,
    advice: `npm run move -- rollback ${move} --to legacy takes away the rest; then it goes forward from the beginning`,
  };
}

function backfilled(facts: MoveFacts): Gate {
  const { legacy, new: fresh, move } = facts;
  const waiting = legacy.backfillPending + fresh.backfillPending;
  const isMarked = legacy.backfilled || fresh.backfilled;
  const marked = legacy.marked + fresh.marked;
  return {
    asked: 'what was there before is copied',
    found: isMarked
      ? `${count(marked)} aggregates, ${count(waiting)} still waiting`
      : `not finished: ${count(marked)} aggregates so far`,
    met: isMarked && waiting === 0,
    advice: `npm run move -- backfill ${move} does the rest, and shows how far it is`,
  };
}

function inStep({ legacy, new: fresh, move }: MoveFacts): Gate {
  const pending = legacy.pending + fresh.pending;
  const lag = Math.max(legacy.lagMs, fresh.lagMs);
  return {
    asked: `at most ${IN_STEP} changes are under way, for ${IN_TIME / 1_000} s at most`,
    found: `${count(pending)}, the oldest for ${(lag / 1_000).toFixed(1)} s`,
    met: pending <= IN_STEP && lag <= IN_TIME,
    advice: `the process "migration" carries them over: see that it runs (GET /health/ready on its port), and npm run move -- watch ${move}`,
  };
}

function nothingPending({ legacy, new: fresh, move }: MoveFacts): Gate {
  const pending = legacy.pending + fresh.pending + legacy.backfillPending + fresh.backfillPending;
  return {
    asked: 'no change is under way',
    found: count(pending),
    met: pending === 0,
    advice: `try again in a moment; if it stays so, npm run move -- watch ${move}`,
  };
}

function nothingParked(facts: MoveFacts): Gate {
  const { count: parked, names } = parkedOf(facts);
  return {
    asked: 'everything could be carried over',
    found: parked === 0 ? 'nothing is parked' : `${count(parked)} parked: ${names.join('; ')}`,
    met: parked === 0,
    advice: 'mend these rows: a change takes them up again by itself',
  };
}

/** Whether a verification was done lately enough, and found nothing. */
export function verified({
  verified: last,
  now,
  limits,
  move,
  legacy,
  new: fresh,
}: MoveFacts): Gate {
  const advice = `npm run move -- verify ${move}`;
  const asked = `a full verification within ${limits.verifiedHours} h found no difference`;
  if (!last) return { asked, found: 'there was none', met: false, advice };
  const hours = hoursBetween(last.at, now);
  const bad = last.differing + last.unmappable;
  // What a backfill carries is compared by a verification that begins after it.
  const isSince = [legacy.backfilledAt, fresh.backfilledAt].every((at) => !at || at <= last.began);
  const when = isSince ? '' : ', before the backfill ended';
  return {
    asked,
    found: `${last.isFull ? 'full' : 'of a sample'}, ${hours.toFixed(1)} h ago${when}: ${count(last.checked)} checked, ${count(bad)} different`,
    met: last.isFull && bad === 0 && isSince && hours <= limits.verifiedHours,
    advice: bad > 0 ? `it names what differs: mend that, then ${advice}` : advice,
  };
}

function readsAtNew({ state, move }: MoveFacts): Gate {
  return {
    asked: 'the new side answers all reads',
    found: `${state.readPercent}%`,
    met: state.readPercent === 100,
    advice:
      state.stage === 'canary'
        ? `npm run move -- advance ${move} --percent 100`
        : `npm run move -- set ${move} --read-percent 100`,
  };
}

function writersKnown({ legacy }: MoveFacts): Gate {
  const { writers } = legacy;
  return {
    asked: "who writes to the monolith's database will be refused there",
    found: writers.length === 0 ? 'nobody wrote in 7 days' : writers.join(', '),
    // To be read by a person: the monolith itself is among them, and sends writes on to the new side.
    met: true,
    advice: '',
  };
}

function writesAtNew(facts: MoveFacts): Gate {
  const owned = ownedBy(facts, 'new').length;
  const all = facts.new.owners.length;
  return {
    asked: 'the new side owns all writes',
    found: `${owned} of ${all} buckets`,
    met: all > 0 && owned === all,
    advice: `npm run move -- advance ${facts.move} --percent 100`,
  };
}

function soaked({ soakingSince, now, limits, breach }: MoveFacts): Gate {
  const hours = soakingSince ? hoursBetween(soakingSince, now) : 0;
  return {
    asked: `${limits.soakHours} h whole on the new side without a breach`,
    found: `${hours.toFixed(1)} h${breach === null ? '' : `, since ${breach}`}`,
    met: soakingSince !== null && hours >= limits.soakHours,
    advice: `wait ${(limits.soakHours - hours).toFixed(1)} h more`,
  };
}

function referringSealed({ referredBy }: MoveFacts): Gate {
  const open = referredBy.filter(({ stage }) => stage !== 'sealed');
  return {
    asked: 'moves whose tables in the monolith refer to its own are sealed',
    found: referredBy.length === 0 ? 'there are none' : listOf(referredBy),
    met: open.length === 0,
    advice: `seal ${open.map(({ move }) => move).join(', ')} before: what they carry back to the monolith refers to rows of this one`,
  };
}

function nobodyNeedsIt({ neededBy }: MoveFacts): Gate {
  const needing = neededBy.filter(({ stage }) => isBefore('legacy', stage));
  return {
    asked: 'no other move needs its data',
    found: needing.length === 0 ? 'none does' : listOf(needing),
    met: needing.length === 0,
    advice: needing.map(({ move }) => `npm run move -- rollback ${move} --to legacy`).join('; '),
  };
}

function listOf(neighbours: readonly Neighbour[]): string {
  return neighbours.map(({ move, stage }) => `${move} at ${stage}`).join(', ');
}

const count = (number: number) => number.toLocaleString('en');
