import type { Claims } from '../identity/claims.ts';

/** What one directive asks of a caller. Requirements of equal keys are the same. */
export interface Requirement {
  readonly kind: 'authenticated' | 'scopes' | 'policies';
  /** Names of which a caller needs all of one group. Empty for `authenticated`. */
  readonly anyOf: Alternatives;
  readonly key: string;
}

/** A condition in disjunctive normal form: any group, and of a group all. */
type Alternatives = readonly (readonly string[])[];

/** Makes a requirement. @returns null where nothing is required: a directive with an empty list */
export function requirementOf(kind: Requirement['kind'], anyOf: Alternatives): Requirement | null {
  if (kind !== 'authenticated' && anyOf.length === 0) return null;
  return Object.freeze({ kind, anyOf, key: `${kind} ${JSON.stringify(anyOf)}` });
}

/** All requirements of several lists, each once. */
export function united(lists: Iterable<readonly Requirement[]>): readonly Requirement[] {
  const byKey = new Map<string, Requirement>();
  for (const list of lists) {
    for (const requirement of list) byKey.set(requirement.key, requirement);
  }
  return [...byKey.values()];
}

/** Whether a caller meets a requirement. @param policies those that hold for the caller */
export function isMet(
  { kind, anyOf }: Requirement,
  { isAuthenticated, scopes }: Claims,
  policies: ReadonlySet<string>,
): boolean {
  if (kind === 'authenticated') return isAuthenticated;
  const held = kind === 'scopes' ? scopes : policies;
  return anyOf.some((group) => group.every((name) => held.has(name)));
}

/** Whether two lists of requirements let the same callers through, however they are written. */
export function areEquivalent(one: readonly Requirement[], other: readonly Requirement[]): boolean {
  const isAuthenticated = (list: readonly Requirement[]): boolean =>
    list.some(({ kind }) => kind === 'authenticated');
  return (
    isAuthenticated(one) === isAuthenticated(other) &&
    (['scopes', 'policies'] as const).every((kind) => {
      const [first, second] = [conjunction(one, kind), conjunction(other, kind)];
      return implies(first, second) && implies(second, first);
    })
  );
}

/** All requirements of one kind as a single one. */
function conjunction(list: readonly Requirement[], kind: Requirement['kind']): Alternatives {
  const ofKind = list.filter((requirement) => requirement.kind === kind);
  return ofKind.reduce<Alternatives>(
    (all, { anyOf }) =>
      shortest(all.flatMap((group) => anyOf.map((names) => [...new Set([...group, ...names])]))),
    [[]],
  );
}

/** Without groups that contain another: who has all of the longer one has all of the shorter one. */
function shortest(groups: Alternatives): Alternatives {
  return groups.filter((group, index) =>
    groups.every((other, at) => {
      if (at === index || !other.every((name) => group.includes(name))) return true;
      // Of equal groups the first stays.
      return other.length === group.length && index < at;
    }),
  );
}

function implies(one: Alternatives, other: Alternatives): boolean {
  return one.every((group) => other.some((names) => names.every((name) => group.includes(name))));
}
