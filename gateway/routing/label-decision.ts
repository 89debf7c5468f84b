import type { Role } from '#platform/identity/identity.ts';
import { moveNamed } from '#platform/moves/moves.ts';
import { isShared } from '#platform/moves/move-state.ts';
import type { RoutingSnapshot } from '#platform/moves/pins.ts';
import type { Flags } from './flags/flags.ts';
import { labelIsOn, pinOf, type OperationKind } from './label-states.ts';
import type { MoveStates } from './move-states.ts';
import { namedLabels } from './override-header.ts';
import type { Subject } from './subject.ts';

/** What a request says about labels. */
export interface LabelRequest {
  readonly kind: OperationKind;
  readonly subject: Subject;
  /** What the caller may do; null for the anonymous. */
  readonly role: Role | null;
  /** The header `x-override-labels`; undefined where it is missing. */
  readonly header: string | undefined;
}

/** The labels of one request: each decided once, when it is first asked for, on the states that the request began with. */
export interface RequestLabels {
  isOn(label: string): boolean;
  /** Whether the move of a label is over: the new side has everything, and nothing is looked for on the other. */
  isSealed(label: string): boolean;
  /**
   * Asks a foreign flag provider for labels, before the first `isOn` of each. Undefined where there is nobody to wait
   * for, as with our own provider.
   */
  ask(labels: Iterable<string>): Promise<void> | undefined;
  /**
   * Null: everything is decided by what is. Else whether something was decided that may have changed without this gateway
   * having heard of it: a query of a move that both sides answer. It goes to the owner, as far as that is known.
   */
  readonly isDoubtful: (() => boolean) | null;
  /** The version of the states that decide. */
  readonly version: number;
}

/** What the states decide, in front of a provider of flags. */
interface DecidedLabels extends RequestLabels {
  /** Whether no flag may say otherwise. */
  isBinding(label: string): boolean;
}

/**
 * Begins to decide the labels of a supergraph for one request.
 *
 * @param labels all labels of the supergraph
 * @throws GraphQLError (400) for a trusted header that names others; MoveStatesUnknown before the states are known
 */
export type LabelDecision = (labels: ReadonlySet<string>, request: LabelRequest) => RequestLabels;

export interface LabelDecisionOptions {
  readonly states: MoveStates;
  /** A foreign provider of flags; null: the states of the moves decide alone. */
  readonly flags: Flags | null;
  /** Whether a request may decide for itself, by naming the labels that are on. */
  readonly trustHeader: boolean;
}

/**
 * Decides labels: queries go by the read percentage of a move, mutations by who owns what is written; a foreign
 * provider of flags may decide in place of the states. Mutations of a move go by ownership whatever a flag says:
 * a side that does not own would only refuse them. Queries go by their pin, where there is one. What a service of ours asks
 * about data that has one owner, such as the price for an order, the owner answers: it decides by it, for somebody else.
 */
export function labelDecision(options: LabelDecisionOptions): LabelDecision {
  const { states, flags, trustHeader } = options;
  return (labels, request) => {
    if (trustHeader && request.header !== undefined) {
      return chosenLabels(namedLabels(labels, request.header));
    }
    const decided = decidedLabels(request, states.current(), states.isCertain());
    return flags === null ? decided : flaggedLabels(decided, request, flags);
  };
}

function chosenLabels(on: ReadonlySet<string>): RequestLabels {
  return {
    isOn: (label) => on.has(label),
    isSealed: () => false,
    ask: () => undefined,
    isDoubtful: null,
    version: 0,
  };
}

function decidedLabels(
  { kind, subject, role }: LabelRequest,
  snapshot: RoutingSnapshot,
  isCertain: boolean,
): DecidedLabels {
  const decided = new Map<string, boolean>();
  let isDoubtful = false;
  const key = () => subject.key;
  const isUncertain = (label: string) => {
    if (isCertain || kind === 'mutation') return false;
    const state = snapshot.moves.get(label);
    return state !== undefined && isShared(state);
  };
  const isForOwner = (label: string) => {
    if (role !== 'service' || kind === 'mutation') return false;
    const state = snapshot.moves.get(label);
    return state !== undefined && moveNamed(label)?.writes === 'together' && isShared(state);
  };
  const isPinned = (label: string) => {
    const state = snapshot.moves.get(label);
    return state !== undefined && pinOf(state, snapshot, key) !== null;
  };
  return {
    isOn(label) {
      const known = decided.get(label);
      if (known !== undefined) return known;
      const isUnsure = isUncertain(label);
      isDoubtful ||= isUnsure;
      const asksOwner = isForOwner(label) || (isUnsure && !isPinned(label));
      const isOn = labelIsOn(label, asksOwner ? 'mutation' : kind, snapshot, key);
      decided.set(label, isOn);
      return isOn;
    },
    isBinding: (label) =>
      kind === 'mutation'
        ? moveNamed(label) !== undefined
        : isForOwner(label) || isUncertain(label) || isPinned(label),
    isSealed: (label) => snapshot.moves.get(label)?.stage === 'sealed',
    isDoubtful: isCertain ? null : () => isDoubtful,
    ask: () => undefined,
    version: snapshot.version,
  };
}

function flaggedLabels(
  decided: DecidedLabels,
  { kind, role, subject }: LabelRequest,
  flags: Flags,
): RequestLabels {
  const answers = new Map<string, boolean>();
  /** The first answer stays, whoever gave it. */
  const settle = (label: string, isOn: boolean) => {
    if (!answers.has(label)) answers.set(label, isOn);
    return answers.get(label) === true;
  };
  async function askFor(label: string): Promise<void> {
    const answer = await flags.ask(label, { kind, role, subject: subject.key });
    settle(label, answer ?? decided.isOn(label));
  }
  return {
    isOn: (label) => answers.get(label) ?? settle(label, decided.isOn(label)),
    isSealed: (label) => decided.isSealed(label),
    isDoubtful: decided.isDoubtful,
    ask(labels) {
      const open = [...labels].filter((label) => !answers.has(label) && !decided.isBinding(label));
      return open.length === 0 ? undefined : Promise.all(open.map(askFor)).then(() => undefined);
    },
    version: decided.version,
  };
}
