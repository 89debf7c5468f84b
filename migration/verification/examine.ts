import { setTimeout as wait } from 'node:timers/promises';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { failureOf } from '../relay/failures.ts';
import { look, type Sight } from '../relay/look.ts';
import { keyOf, type AggregateKey } from '../relay/markers.ts';
import { directionOf } from '../relay/relay-batch.ts';
import { withSessions } from '../relay/sessions.ts';
import { unmappableReason } from '../relay/unmappable.ts';
import { differingFields, type FieldDifference } from './differing-fields.ts';

/** An aggregate that is not the same on both sides, though nothing is on its way. */
export interface Difference extends AggregateKey {
  /** The side that is right. */
  readonly owner: Side;
  readonly fields: readonly FieldDifference[];
}

/** An aggregate that its owner holds and the other side cannot. */
export interface Unmappable extends AggregateKey {
  readonly owner: Side;
  readonly reason: string;
}

export interface Examination {
  readonly differing: readonly Difference[];
  readonly unmappable: readonly Unmappable[];
  /** Changes of these are on their way, or their bucket changes its owner: look again. */
  readonly pending: readonly AggregateKey[];
}

/**
 * Looks at aggregates as the relay does: locked on the side that does not own them, so that the relay writes nothing
 * there meanwhile, and then in a snapshot of the owner. Where that has no marker of an aggregate, all its changes have
 * been carried; so what differs then is wrong, and not just late.
 */
export async function examine(
  places: MovePlaces,
  aggregates: readonly AggregateKey[],
): Promise<Examination> {
  const differing: Difference[] = [];
  const unmappable: Unmappable[] = [];
  const pending: AggregateKey[] = [];
  let left = aggregates;
  for (const owner of ['legacy', 'new'] as const) {
    if (left.length === 0) break;
    const sights = await patientLook(places, owner, left);
    left = sights.filter(isForeign).map(({ kind, id }) => ({ kind, id }));
    for (const sight of sights.filter((one) => !isForeign(one))) {
      const { kind, id, source, target, markers, verdict } = sight;
      if (source?.form === target?.form) continue;
      const reason = source && unmappableReason(source.form);
      const [legacy = null, fresh = null] = (
        owner === 'legacy' ? [source, target] : [target, source]
      ).map((state) => state?.form);
      if (verdict.is === 'leave' || markers.length > 0) pending.push({ kind, id });
      else if (reason !== null) {
        if (!passes(places, reason)) unmappable.push({ kind, id, owner, reason });
      } else
        differing.push({
          kind,
          id,
          owner,
          fields: differingFields(legacy, fresh, secretsOf(places, kind)),
        });
    }
  }
  // Neither side says that it owns them: somebody flips their buckets at this moment.
  return { differing, unmappable, pending: [...pending, ...left] };
}

/** Of what is being worked on nothing can be said yet. */
const passes = ({ mapping }: MovePlaces, reason: string): boolean =>
  mapping.passing !== undefined && reason.includes(mapping.passing);

const secretsOf = ({ mapping }: MovePlaces, kind: string): readonly string[] =>
  mapping.kinds.find(({ name }) => name === kind)?.secrets ?? [];

/** What the other side owns is not to be judged from here. */
const isForeign = ({ verdict, source, target }: Sight): boolean =>
  verdict.is === 'foreign' && (source !== null || target !== null);

/** Milliseconds to go on looking where a relay or a writer holds what is to be locked. */
const PATIENCE = 10_000;
const PAUSE = 100;

async function patientLook(
  places: MovePlaces,
  from: Side,
  aggregates: readonly AggregateKey[],
): Promise<Sight[]> {
  for (const deadline = Date.now() + PATIENCE; ;) {
    try {
      return await lookFrom(places, from, aggregates);
    } catch (error) {
      if (failureOf(error) !== 'again' || Date.now() > deadline) throw error;
    }
    await wait(PAUSE);
  }
}

async function lookFrom(
  places: MovePlaces,
  from: Side,
  aggregates: readonly AggregateKey[],
): Promise<Sight[]> {
  const wanted = [...new Map(aggregates.map((one) => [keyOf(one), one])).values()];
  return withSessions(places, from, async (sessions) => {
    const sights = await look(
      directionOf(places, from, sessions),
      wanted.map((one) => ({ ...one, markers: [] })),
      'all',
    );
    await sessions.target.query('rollback');
    return sights;
  });
}
