import {
  OverlappingFieldsCanBeMergedRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { Change } from '#schema/changes/change.ts';
import type { ChangeCode } from '#schema/changes/change-rules.ts';
import type { AffectedOperation } from '#schema/finding.ts';
import { coordinatesOf } from './coordinates-of.ts';
import type { Coordinates, UsedOperation } from './used-operation.ts';

/** Says what changes do to operations. */
export interface Judge {
  /** The operations that a change harms. */
  harmedBy(change: Change): AffectedOperation[];
  /** The operations whose text was valid and is no more, whatever made them so. */
  broken(): AffectedOperation[];
}

/**
 * Changes that harm operations which stay valid: what they get, or what code made of them, is no longer as it was.
 * Every other breaking change harms an operation only if it makes it invalid, or a value that it may send.
 */
const SILENT: ReadonlySet<ChangeCode> = new Set(['field-type-changed', 'enum-value-removed']);

/** A judge of the changes between two schemas, by the operations that are sent to the first. */
export function createJudge(
  base: GraphQLSchema,
  head: GraphQLSchema,
  operations: readonly UsedOperation[],
): Judge {
  // Recorded traffic has the same text for many clients and versions.
  const texts = new Map<DocumentNode, KnownText>();
  const known = operations.map((operation) => {
    const { document } = operation;
    const text = (document && texts.get(document)) ?? knownText(base, head, operation);
    if (document) texts.set(document, text);
    return { operation, ...text };
  });
  return {
    harmedBy(change) {
      const harmed = known.filter(({ uses, isBroken }) => isHarmed(change, uses, isBroken));
      return mergedOperations(harmed.map(({ operation }) => operation));
    },
    broken: () =>
      mergedOperations(
        known.filter(({ isBroken }) => isBroken()).map(({ operation }) => operation),
      ),
  };
}

/** What there is to know of an operation, whoever sends it. */
interface KnownText {
  readonly uses: Coordinates;
  /** Whether its text was valid and is no more; null where there is no text, or none that says so. */
  readonly isBroken: () => boolean | null;
}

function knownText(base: GraphQLSchema, head: GraphQLSchema, operation: UsedOperation): KnownText {
  let isBroken: boolean | null | undefined;
  const find = (): boolean | null => {
    if (!operation.document) return null;
    const wasRefused = isRefused(base, operation);
    // A signature lacks what would make it valid: then nobody knows.
    if (wasRefused) return operation.isSignature ? null : false;
    return isRefused(head, operation);
  };
  return {
    uses: coordinatesOf(base, operation),
    isBroken: () => (isBroken === undefined ? (isBroken = find()) : isBroken),
  };
}

function isHarmed(
  { code, touches }: Change,
  { sure, maybe }: Coordinates,
  isBroken: () => boolean | null,
): boolean {
  if (touches.some((coordinate) => maybe.has(coordinate))) return true;
  if (!touches.some((coordinate) => sure.has(coordinate))) return false;
  return SILENT.has(code) || isBroken() !== false;
}

function isRefused(schema: GraphQLSchema, { document, isSignature }: UsedOperation): boolean {
  const rules = isSignature ? RULES_OF_SIGNATURES : specifiedRules;
  // One error is enough.
  return document !== null && validate(schema, document, rules, { maxErrors: 1 }).length > 0;
}

/** Without their aliases fields may seem to stand in one another's way. */
const RULES_OF_SIGNATURES = specifiedRules.filter(
  (rule) => rule !== OverlappingFieldsCanBeMergedRule,
);

/** One entry for each operation of a client, with its versions, wherever it is known from. */
export function mergedOperations(operations: readonly UsedOperation[]): AffectedOperation[] {
  const byKey = new Map<string, AffectedOperation>();
  for (const { name, client, version, count, lastSeen, source } of operations) {
    const key = `${client} ${name}`;
    const before = byKey.get(key);
    const sum = count === undefined ? before?.count : count + (before?.count ?? 0);
    const versions = new Set([
      ...(before?.versions ?? []),
      ...(version === undefined ? [] : [version]),
    ]);
    const seen = [before?.lastSeen, lastSeen?.toISOString()]
      .filter((at) => at !== undefined)
      .sort();
    byKey.set(key, {
      name,
      client,
      ...(versions.size === 0 ? {} : { versions: [...versions].sort() }),
      ...(sum === undefined ? {} : { count: sum }),
      ...(seen.length === 0 ? {} : { lastSeen: seen.at(-1) }),
      source: before?.source ?? source,
    });
  }
  return [...byKey.values()].sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}
