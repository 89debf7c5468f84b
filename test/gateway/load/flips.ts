import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { BUCKETS, bucketOf, coveredBuckets } from '#platform/moves/bucket.ts';
import { writeState } from '../../platform/moves/control-database.ts';
import { faultOf, sidesOf } from './judge.ts';
import { percentile, startLoad, type LoadAnswer } from './load.ts';
import type { Stage } from './stage.ts';

/** Writes go by user, half and half, all the time: what is flipped is who reads where. */
const WRITE_PERCENT = 50;
const FIRST_PERCENT = 50;

/** A change of the share of readers. Times are milliseconds of `performance.now()`. */
interface Flip {
  readonly version: number;
  readonly readPercent: number;
  readonly began: number;
  readonly committed: number;
}

/** A look at the version that a gateway works with. */
interface Look {
  readonly began: number;
  readonly ended: number;
  readonly version: number;
}

/** A part of a round. */
interface Span {
  readonly isCalm: boolean;
  readonly from: number;
  readonly to: number;
}

export interface FlipPlan {
  /** Milliseconds of load before it counts, with both sides in use, so that neither is cold later. */
  readonly warmUp: number;
  /** Each of them first without flips, then with. */
  readonly rounds: number;
  readonly flipsPerRound: number;
  /** Milliseconds between two flips. */
  readonly interval: number;
  /** Milliseconds without flips, in each round. */
  readonly calm: number;
  readonly clients: number;
  readonly pause: number;
}

export interface FlipReport {
  readonly flips: number;
  readonly answers: number;
  readonly perSecond: number;
  /** What was wrong with answers: nothing should be. */
  readonly faults: readonly string[];
  /** Answers to queries for which only one side was right. */
  readonly decisive: number;
  /** Of each replica: milliseconds from the commit of a flip to the last look that still found the state before. */
  readonly effective: readonly { readonly most: number; readonly median: number }[];
  /** Milliseconds from the commit of a flip to the beginning of the last request that was still answered as before. */
  readonly stale: number;
  /** Milliseconds. */
  readonly calm: Latency;
  readonly flipping: Latency;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  /** The p99 of the round in the middle: a moment in which the machine stands still spoils a round, not this. */
  readonly p99OfRounds: number;
  /** Of each round. */
  readonly series: readonly number[];
  readonly most: number;
}

/** Flips who reads where, again and again, under load, and judges every answer by what can have been in force. */
export async function flipUnderLoad(
  stage: Stage,
  controlUrl: string,
  plan: FlipPlan,
): Promise<FlipReport> {
  const urls = stage.gateways.map(({ url }) => url);
  const flips: Flip[] = [await firstState(controlUrl)];
  const answers: LoadAnswer[] = [];
  const spans: Span[] = [];
  const control = new Client({ connectionString: controlUrl });
  await control.connect();
  const looking = urls.map((url) => watchVersion(url));
  const { clients, pause } = plan;
  const load = await startLoad({
    urls,
    clients,
    pause,
    answered: (answer) => answers.push(answer),
  });
  await wait(plan.warmUp);
  const began = performance.now();
  for (let round = 0; round < plan.rounds; round += 1) {
    const from = performance.now();
    await wait(plan.calm);
    spans.push({ isCalm: true, from, to: performance.now() });
    const begun = performance.now();
    for (let count = 0; count < plan.flipsPerRound; count += 1) {
      flips.push(await flip(control, flips.length));
      // By the clock: what a flip takes must not make fewer of them.
      await wait(Math.max(0, begun + (count + 1) * plan.interval - performance.now()));
    }
    spans.push({ isCalm: false, from: begun, to: performance.now() });
  }
  const seconds = (performance.now() - began) / 1_000;
  await wait(1_000);
  await load.stop();
  await control.end();
  const looks = await Promise.all(looking.map((watch) => watch.stop()));
  const judged = answers.map((answer) => judge(answer, flips, looks[answer.replica] ?? []));
  return {
    flips: flips.length - 1,
    answers: answers.length,
    perSecond: answers.filter((answer) => answer.began > began).length / seconds,
    faults: judged.flatMap(({ fault }) => (fault === null ? [] : [fault])),
    decisive: judged.filter(({ isDecisive }) => isDecisive).length,
    effective: looks.map((each) => effectiveTimes(flips, each)),
    stale: Math.max(...judged.map(({ stale }) => stale)),
    calm: latencyOf(
      answers,
      spans.filter(({ isCalm }) => isCalm),
    ),
    flipping: latencyOf(
      answers,
      spans.filter(({ isCalm }) => !isCalm),
    ),
  };
}

async function firstState(controlUrl: string): Promise<Flip> {
  await writeState(controlUrl, 'order', {
    stage: 'cutover',
    readPercent: FIRST_PERCENT,
    writePercent: WRITE_PERCENT,
  });
  return { version: 1, readPercent: FIRST_PERCENT, began: -Infinity, committed: -Infinity };
}

/** Every second flip is to one side or the other, those between to a share of the readers. */
async function flip(control: Client, count: number): Promise<Flip> {
  const shares = [100, Math.random() * 100, 0, Math.random() * 100];
  const readPercent = shares[count % 4] as number;
  const began = performance.now();
  const { rows } = await control.query(
    `update move_state set read_percent = $1 where move = 'order' returning version`,
    [readPercent],
  );
  return { version: Number(rows[0].version), readPercent, began, committed: performance.now() };
}

/** Asks a gateway again and again which version it works with. */
function watchVersion(url: string): { stop(): Promise<readonly Look[]> } {
  const looks: Look[] = [];
  const end = new AbortController();
  const watching = (async () => {
    while (!end.signal.aborted) {
      const began = performance.now();
      const response = await fetch(`${url}/health/ready`);
      const { moves } = (await response.json()) as { moves: { version: number } };
      looks.push({ began, ended: performance.now(), version: moves.version });
      await wait(15);
    }
    return looks;
  })();
  return {
    stop: () => {
      end.abort();
      return watching;
    },
  };
}

interface Judgement {
  readonly fault: string | null;
  readonly isDecisive: boolean;
  readonly stale: number;
}

function judge(answer: LoadAnswer, flips: readonly Flip[], looks: readonly Look[]): Judgement {
  const fault =
    faultOf(answer) ??
    (answer.body.errors ? `an error: ${JSON.stringify(answer.body.errors)}` : null);
  const [side] = sidesOf(answer.body.data);
  const right = { fault, isDecisive: false, stale: 0 };
  if (fault !== null || side === undefined) return right;
  if (answer.operation.kind === 'mutation') {
    const isRight = side === sideFor(WRITE_PERCENT, answer.subject);
    return isRight ? right : { ...right, fault: `written on the side ${side}` };
  }
  const inForce = possibleFlips(answer, flips, looks);
  const sides = inForce.map(({ readPercent }) => sideFor(readPercent, answer.subject));
  const isRight = sides.some((possible) => possible === null || possible === side);
  return {
    fault: isRight ? null : wrongSide(answer, side, inForce),
    isDecisive: new Set(sides).size === 1 && sides[0] !== null,
    stale: staleness(answer, side, flips),
  };
}

function wrongSide(answer: LoadAnswer, side: string, inForce: readonly Flip[]): string {
  const states = inForce.map(({ version, readPercent }) => `${version}: ${readPercent}%`);
  return `${answer.operation.name} of ${answer.subject ?? 'a stranger'} came from ${side} under ${states.join(', ')}`;
}

/** The side that a share gives to a subject; null where it cannot be told, as of somebody without one. */
function sideFor(percent: number, subject: string | null): string | null {
  const covered = coveredBuckets(percent);
  if (covered === 0) return 'legacy';
  if (covered === BUCKETS) return 'order';
  if (subject === null) return null;
  return bucketOf('order', subject) < covered ? 'order' : 'legacy';
}

/** The flips that can have decided an answer, as far as looks at its gateway before and after it tell. */
function possibleFlips(
  { began, ended }: LoadAnswer,
  flips: readonly Flip[],
  looks: readonly Look[],
): readonly Flip[] {
  const before = looks.findLast((look) => look.ended < began)?.version ?? 0;
  const after = looks.find((look) => look.began > ended)?.version ?? Infinity;
  return flips.filter(
    (flip) => flip.version >= before && flip.version <= after && flip.began < ended,
  );
}

/** For how long the latest state that explains an answer had been replaced when its request began. */
function staleness(
  { began, ended, subject }: LoadAnswer,
  side: string,
  flips: readonly Flip[],
): number {
  const index = flips.findLastIndex((flip) => {
    const expected = sideFor(flip.readPercent, subject);
    return flip.began < ended && (expected === null || expected === side);
  });
  return Math.max(0, began - (flips[index + 1]?.committed ?? Infinity));
}

/** For how long after its commit a look that began still found the state before it. */
function effectiveTimes(flips: readonly Flip[], looks: readonly Look[]) {
  const times = flips
    .filter(({ committed }) => Number.isFinite(committed))
    .map(({ version, committed }) => {
      const last = looks.findLast((look) => look.version < version);
      return Math.max(0, (last?.began ?? 0) - committed);
    })
    .sort((one, other) => one - other);
  return { most: times.at(-1) ?? 0, median: times[Math.floor(times.length / 2)] ?? 0 };
}

function latencyOf(answers: readonly LoadAnswer[], spans: readonly Span[]): Latency {
  const rounds = spans.map(({ from, to }) =>
    answers.filter(({ began, ended }) => from < began && ended < to),
  );
  const all = rounds.flat();
  const series = rounds.map((round) => Math.round(percentile(round, 0.99)));
  const each = series.toSorted((one, other) => one - other);
  return {
    p50: percentile(all, 0.5),
    p99: percentile(all, 0.99),
    p99OfRounds: each[Math.floor(each.length / 2)] ?? 0,
    series,
    most: percentile(all, 1),
  };
}
