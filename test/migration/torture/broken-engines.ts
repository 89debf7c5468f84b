import type { Replacement } from './engine-copy.ts';

/** An engine that was broken on purpose, to see whether a torture notices. */
export interface BrokenEngine {
  readonly name: string;
  /** What may be lost by it. */
  readonly why: string;
  readonly replacements: readonly Replacement[];
}

const LOOK = 'migration/relay/look.ts';
const CARRY = 'migration/relay/carry.ts';
const ACKNOWLEDGE = 'migration/relay/acknowledge.ts';
/** Bad luck: in a process that the system leaves alone at the worst moment. With an engine that is whole nothing comes of it. */
const LATE =
  '  await new Promise((resolve) => setTimeout(resolve, Math.random() < 0.3 ? 500 : 0));\n';
/** The same for who flips: stopped between looking whether the lock is held and the step, until others have taken over. */
const STOPPED = "    if (Math.random() < 0.3) process.kill(process.pid, 'SIGSTOP');\n";
const OPENING = '    requireOpened';
const OWNERS_OF_SOURCE = "  const sourceSays = await readOwners(source, move, buckets, '');";
const SCHEMA = 'migration/capture/schema.ts';
const CAPTURE = 'migration/capture/capture-function.ts';

/** Whole, with the bad luck of some that are broken: nothing may be found. */
export const LATE_ENGINE: readonly Replacement[] = [
  { file: LOOK, text: OWNERS_OF_SOURCE, by: `${LATE}${OWNERS_OF_SOURCE}` },
  { file: 'migration/flip/run-flip.ts', text: OPENING, by: `${STOPPED}${OPENING}` },
];

/** Rows of the table in DESIGN.md, section 6, and others. */
export const BROKEN_ENGINES: readonly BrokenEngine[] = [
  {
    name: 'source-before-lock',
    why: 'another relay writes a newer state between the reading and the lock: the older one overwrites it',
    replacements: [
      {
        file: LOOK,
        text: '  await lockOnTarget(direction, asked);\n  const { source',
        by: '  const { source',
      },
      {
        file: LOOK,
        text: OWNERS_OF_SOURCE,
        by: `${LATE}  await lockOnTarget(direction, asked);\n${OWNERS_OF_SOURCE}`,
      },
    ],
  },
  {
    name: 'no-aggregate-lock',
    why: 'two relays write the same aggregate in any order',
    replacements: [
      {
        file: LOOK,
        text: 'values: [move, [...stripes].sort((a, b) => a - b)],',
        by: 'values: [move, []],',
      },
      { file: LOOK, text: OWNERS_OF_SOURCE, by: `${LATE}${OWNERS_OF_SOURCE}` },
    ],
  },
  {
    name: 'acknowledged-by-key',
    why: 'markers that came meanwhile end with those that were seen',
    replacements: [
      {
        file: ACKNOWLEDGE,
        text: 'with seen as (delete from move.dirty where ${MARKERS_OF_MOVE} and id = any ($2::bigint[])),',
        by: `with seen as (delete from move.dirty where aggregate_id in (
          select aggregate_id from move.dirty where id = any ($2::bigint[]))),`,
      },
    ],
  },
  {
    name: 'acknowledged-before-commit',
    why: 'who is killed in between has deleted the markers of what was not written',
    replacements: [
      { file: CARRY, text: "  await target.query('commit');\n", by: '' },
      {
        file: CARRY,
        text: '  for (const { sight, reason } of misfits) {',
        by: "  await target.query('commit');\n  for (const { sight, reason } of misfits) {",
      },
    ],
  },
  {
    name: 'guard-without-row-lock',
    why: 'a transaction with an old snapshot reads who owned the bucket before the flip',
    replacements: [{ file: SCHEMA, text: ' for share of o\n', by: '\n' }],
  },
  {
    name: 'guard-without-advisory-lock',
    why: 'a transaction that has written, and has not ended, is not waited for',
    replacements: [
      {
        file: SCHEMA,
        text: '  perform pg_advisory_xact_lock_shared(a_class, s.stripe)\n',
        by: '  perform s.stripe\n',
      },
      {
        file: CAPTURE,
        text: "pg_advisory_xact_lock_shared(${lockClass(move)}, ${stripeOf('the_bucket')}) is not null",
        by: 'true',
      },
    ],
  },
  {
    name: 'flip-without-drain',
    why: 'what is marked at the flip never arrives',
    replacements: [
      {
        file: 'migration/flip/run-flip.ts',
        text: '  await drain(places, from, { buckets, deadline });\n',
        by: '',
      },
    ],
  },
  {
    name: 'tag-of-the-session',
    why: 'who is given the connection after the relay writes unguarded and unmarked',
    replacements: [
      {
        file: LOOK,
        text: "begin; set local moves.relay = '${move}'",
        by: "begin; set moves.relay = '${move}'",
      },
    ],
  },
  {
    name: 'tag-compared-with-null',
    why: "a setting that was local once is '' in that session, not null",
    replacements: [
      {
        file: CAPTURE,
        text: "if current_setting('moves.relay', true) = ${a} then",
        by: "if current_setting('moves.relay', true) is not null then",
      },
    ],
  },
  {
    name: 'half-of-a-move-marked',
    why: 'the order that an item left keeps it on the other side',
    replacements: [
      {
        file: 'migration/capture/triggers.ts',
        text: "statement: ['old_rows', 'new_rows'],",
        by: "statement: ['new_rows'],",
      },
    ],
  },
  {
    name: 'payload-in-the-marker',
    why: 'a state that was read when the marker was written is older than what others have written since',
    replacements: [
      // As good as a payload: what the first look has seen is kept, and written when the aggregate is marked again.
      {
        file: LOOK,
        text: '  const atSource = await readStates(source, direction.atSource, wanted);',
        by: '  const atSource = await payloads(direction, wanted, () => readStates(source, direction.atSource, wanted));',
      },
      {
        file: LOOK,
        text: 'async function lockOnTarget(',
        by: `const noted = new Map<string, { at: number; state: State | undefined }>();
async function payloads(
  { from }: Direction,
  wanted: readonly Wanted[],
  read: () => Promise<Map<string, State>>,
): Promise<Map<string, State>> {
  const states = await read();
  for (const one of wanted) {
    const key = from + keyOf(one);
    const known = noted.get(key);
    if (known && Date.now() - known.at < 500) {
      if (known.state) states.set(keyOf(one), known.state);
    } else noted.set(key, { at: Date.now(), state: states.get(keyOf(one)) });
  }
  return states;
}

async function lockOnTarget(`,
      },
    ],
  },
  {
    name: 'stale-flips',
    why: 'a step of a flip that comes late changes owners that others have changed since',
    replacements: [
      {
        file: 'migration/ownership/owners.ts',
        text: 'and o.bucket = any ($2) and o.epoch < $4',
        by: 'and o.bucket = any ($2)',
      },
      {
        file: 'migration/flip/run-flip.ts',
        text: `    await lock.check();\n${OPENING}`,
        by: `${STOPPED}${OPENING}`,
      },
      // Whoever wakes up would find its sessions ended, which alone is enough.
      {
        file: 'migration/flip/move-lock.ts',
        text: 'of [legacy, fresh]) {',
        by: 'of [legacy, fresh].slice(2)) {',
      },
    ],
  },
];
