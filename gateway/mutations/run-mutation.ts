import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../execution/run-operation.ts';
import type { DecideLabel } from '../planning/planner.ts';
import type { RequestLabels } from '../routing/label-decision.ts';
import type { SendFetch } from '../transport/subgraph-fetch.ts';
import { refusalOf, type Refusal } from './ownership.ts';
import type { Settle, Written } from './settlement.ts';
import { isElsewhere, writtenBy } from './written.ts';
import type { RootField } from './root-fields.ts';

/** Plans and runs one root field. */
export type RunRootField = (
  field: RootField,
  decide: DecideLabel,
  send: SendFetch,
) => Promise<Answer>;

/** The labels of one root field. */
export type FieldLabels = Pick<RequestLabels, 'isOn' | 'isSealed'>;

export interface MutationInputs {
  readonly fields: readonly RootField[];
  /** Begins to decide the labels of one root field. */
  readonly decisions: () => Promise<FieldLabels>;
  /** The labels of a root field of the schema. */
  readonly labelsOf: (fieldName: string) => readonly string[];
  readonly run: RunRootField;
  readonly send: SendFetch;
  readonly signal: AbortSignal;
  /** Told of each field that was planned again, or waited. */
  readonly replanned: (reason: Refusal['kind']) => void;
  /** Waits until later queries see what was written. */
  readonly settle: Settle;
}

/** Milliseconds for which a field waits while what it writes is being moved: DESIGN.md, section 6. */
const LONGEST_WAIT = 2_000;
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 250;

/**
 * Runs a mutation as the GraphQL specification has it (§ 6.2.2): its root fields one after the other. Each has
 * labels of its own, and each that a side refuses is planned again alone, so that what has run never runs twice. What
 * they have written is settled at the end, and before a field runs on the other side, which may look at it.
 */
export async function runMutation(inputs: MutationInputs): Promise<Answer> {
  const answers: Answer[] = [];
  const written: Written[] = [];
  try {
    for (const field of inputs.fields) {
      inputs.signal.throwIfAborted();
      const labels = await inputs.decisions();
      if (isElsewhere(written, inputs.labelsOf(field.name), labels)) {
        await inputs.settle(written.splice(0));
      }
      const answer = await runField(field, labels, inputs, (...more) => written.push(...more));
      answers.push(answer);
      // A null that came up to the root ends the mutation: what follows is not begun.
      if (answer.json === null) break;
    }
  } finally {
    // Also where a later field fails: its error is an answer, too. Nobody waits for one who has gone away.
    if (written.length > 0 && !inputs.signal.aborted) await inputs.settle(written);
  }
  return joined(answers);
}

/**
 * Runs one root field on the side that may write, which the side that may not tells.
 *
 * @param wrote told what may have been written, before the answer is looked at
 */
async function runField(
  field: RootField,
  labels: FieldLabels,
  inputs: MutationInputs,
  wrote: (...written: readonly Written[]) => void,
): Promise<Answer> {
  /** What subgraphs have taught about labels, for this field only. */
  const taught = new Map<string, boolean>();
  const decide: DecideLabel = (label) => taught.get(label) ?? labels.isOn(label);
  const deadline = performance.now() + LONGEST_WAIT;
  let notFound: Answer | null = null;
  for (let turn = 0; ; turn += 1) {
    const { answer, refusal, isSent } = await attempt(field, decide, inputs);
    if (refusal === null) {
      if (isSent) wrote(...writtenBy(inputs.labelsOf(field.name), decide));
      return answer;
    }
    if (refusal.kind === 'not found here') {
      const moves = refusal.moves.filter((move) => !labels.isSealed(move));
      // Where the other side has nothing either, the first answer stands.
      if (notFound !== null || moves.length === 0) return notFound ?? answer;
      notFound = answer;
      for (const move of moves) taught.set(move, !decide(move));
    } else {
      if (refusal.kind === 'not owner') {
        taught.set(refusal.move, refusal.isNew ?? !decide(refusal.move));
      }
      // One turn to the other side costs nothing; sides that send back and forth are in the middle of a flip.
      const isPatient = refusal.kind === 'moving' || turn > 0;
      if (isPatient && !(await pause(turn, deadline, inputs.signal))) return answer;
    }
    inputs.replanned(refusal.kind);
  }
}

/** What came of running a field once. */
interface Attempt {
  readonly answer: Answer;
  readonly refusal: Refusal | null;
  /** Whether it was sent to a subgraph at all. */
  readonly isSent: boolean;
}

async function attempt(
  field: RootField,
  decide: DecideLabel,
  inputs: MutationInputs,
): Promise<Attempt> {
  const refusals: (Refusal | null)[] = [];
  let isSent = false;
  const send: SendFetch = async (fetch) => {
    isSent ||= fetch.kind === 'mutation';
    const response = await inputs.send(fetch);
    // Only the fetch that runs the field can refuse it: those that follow speak of what they were asked for.
    if (fetch.kind === 'mutation') {
      refusals.push(refusalOf(response, inputs.labelsOf(field.name)));
    }
    return response;
  };
  const answer = await inputs.run(field, decide, send);
  return { answer, refusal: refusals[0] ?? null, isSent };
}

/** Waits before the next turn, each time longer. @returns false where the time is over */
async function pause(turn: number, deadline: number, signal: AbortSignal): Promise<boolean> {
  const left = deadline - performance.now();
  if (left <= 0) return false;
  // Those that wait for one flip do not come back all at once.
  const planned = Math.min(FIRST_PAUSE * 2 ** turn, LONGEST_PAUSE) * (0.5 + Math.random());
  await wait(Math.min(planned, left), undefined, { signal });
  return true;
}

/** One answer of several: the fields of each, in their order. */
function joined(answers: readonly Answer[]): Answer {
  const [only, ...others] = answers;
  if (only && others.length === 0) return only;
  const isNull = answers.some(({ json }) => json === null);
  const fields = answers.map(({ json }) => json?.slice(1, -1)).filter(Boolean);
  return {
    json: isNull ? null : `{${fields.join(',')}}`,
    errors: answers.flatMap(({ errors }) => errors),
  };
}
