import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import type { Db } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { writeLease } from '#platform/moves/leases.ts';
import {
  MOVE_STATE_CHANNEL,
  readMoveVersion,
  type MoveSnapshot,
  type MoveState,
} from '#platform/moves/move-state.ts';
import { countPins, readRouting, type RoutingSnapshot } from '#platform/moves/pins.ts';
import { createAlarm, type Alarm } from './alarm.ts';
import { createKnowledge, type MoveStateMetrics } from './knowledge.ts';
import { createLease } from './lease.ts';
import { MoveStatesUnknown, type MoveStates } from './move-states.ts';

/** Milliseconds between two looks at the version, each of which renews the lease: a third of what is counted on. */
const POLL_INTERVAL = 250;
/** Milliseconds that a connection, and a statement, may take: after that the connection counts as lost. */
const ANSWER_LIMIT = 2_000;
/** Milliseconds before the database is tried again; doubled each time, up to the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [25, 400];
/** Milliseconds that `prepare` may hold up a change, which must be effective within a second. */
const PREPARE_LIMIT = 300;

export interface FollowOptions {
  /** The URL of the database `control`. */
  readonly url: string;
  readonly log: Logger;
  readonly metrics: MoveStateMetrics;
  /**
   * Makes ready for a snapshot before it is taken up; waited for at most 300 ms. When it fails, that is logged, and
   * the snapshot is taken up all the same.
   */
  readonly prepare?: ((next: MoveSnapshot) => Promise<void>) | undefined;
  /** Told of each snapshot that is taken up. */
  readonly changed?: ((snapshot: MoveSnapshot) => void) | undefined;
}

/**
 * Keeps the states of the moves as the database has them. A connection of its own hears of each change at once, and
 * asks four times a second for the version, should a notification be lost; each time it tells the database what is
 * routed by, and gets a lease on that. Without the database the last known states stay in use; before any are known it
 * waits and tries again, until it is closed.
 */
export function followMoveStates(options: FollowOptions): MoveStates {
  const first = Promise.withResolvers<void>();
  // Whoever waits hears of a close; when nobody does any more, it is no fault of the process.
  first.promise.catch(() => {});
  const knowledge = createKnowledge(options.log, options.metrics);
  const closing = new AbortController();
  const lease = createLease();
  const replica = `${hostname()} ${process.pid} ${randomUUID()}`;
  let snapshot: RoutingSnapshot | null = null;

  async function takeUp(next: RoutingSnapshot): Promise<RoutingSnapshot> {
    // Before the first one nothing is served: there is no step to avoid. Pins cannot wait.
    if (snapshot !== null && !hasSameMoves(snapshot, next)) await prepared(options, next);
    snapshot = next;
    options.changed?.(next);
    return next;
  }

  /** Brings what is known up to date, and gets a lease on it. */
  async function renew(db: Db): Promise<number> {
    let known = snapshot ?? (await takeUp(await readRouting(db)));
    for (;;) {
      const askedAt = performance.now();
      await writeLease(db, replica, known.version);
      // Read after the lease was there for everybody to see: whoever makes a later version waits for this replica.
      // Any other version counts, not only a higher one: a database restored from a backup has an older one.
      if ((await readMoveVersion(db)) === known.version) {
        lease.granted(askedAt);
        return known.version;
      }
      known = await takeUp(await readRouting(db));
    }
  }

  const following = keepConnected(options, closing.signal, {
    async check(client) {
      knowledge.confirmed(await renew(drizzle({ client })));
      first.resolve();
    },
    lost: (error) => knowledge.lost(error, snapshot?.version ?? null),
  });
  return {
    current() {
      if (snapshot === null) throw new MoveStatesUnknown(knowledge.status(null).problem);
      return snapshot;
    },
    known: first.promise,
    isCertain: () => lease.isHeld(),
    async certainty() {
      if (lease.isHeld()) return;
      options.metrics.leaseWaits.inc();
      if (!(await lease.wait())) options.metrics.unleased.inc();
    },
    status: () => ({
      ...knowledge.status(snapshot?.version ?? null),
      lease: lease.isHeld() ? 'held' : 'lost',
      pins: snapshot === null ? 0 : countPins(snapshot),
    }),
    async close() {
      lease.close();
      closing.abort();
      first.reject(new MoveStatesUnknown('closed before they were'));
      await following;
    },
  };
}

/** Whether only pins have changed. */
function hasSameMoves(before: RoutingSnapshot, { moves }: RoutingSnapshot): boolean {
  const isSame = ([name, state]: [string, MoveState]) =>
    before.moves.get(name)?.version === state.version;
  return before.moves.size === moves.size && [...moves].every(isSame);
}

/** What is done with a connection. */
interface Follower {
  /** On connection, on each notification, and every so often. @throws when the connection is of no use any more */
  check(client: Client): Promise<void>;
  lost(error: unknown): void;
}

/** Keeps one connection to the database that listens, makes another when it is lost, and ends it at the end. */
async function keepConnected(
  { url, metrics }: FollowOptions,
  end: AbortSignal,
  follower: Follower,
): Promise<void> {
  let failures = 0;
  for (let isFirst = true; !end.aborted;) {
    const alarm = createAlarm();
    const client = openClient(url, alarm);
    let cause: Error | undefined;
    client.on('error', (error) => {
      cause ??= error;
      alarm.ring();
    });
    const stop = () => {
      alarm.ring();
      void client.end().catch(() => {});
    };
    end.addEventListener('abort', stop);
    try {
      await client.connect();
      await client.query(`listen ${MOVE_STATE_CHANNEL}`);
      if (!isFirst) metrics.reconnects.inc();
      isFirst = false;
      while (!end.aborted) {
        await follower.check(client);
        failures = 0;
        await alarm.sleep(POLL_INTERVAL);
      }
    } catch (error) {
      // A statement on a connection that has ended does not know why it has.
      if (!end.aborted) follower.lost(cause ?? error);
    } finally {
      end.removeEventListener('abort', stop);
      void client.end().catch(() => {});
    }
    const longest = Math.min(FIRST_PAUSE * 2 ** failures++, LONGEST_PAUSE);
    // Replicas that lost the same database do not come back all at once.
    await pause(longest * (0.5 + Math.random() / 2), undefined, { signal: end }).catch(() => {});
  }
}

function openClient(url: string, alarm: Alarm): Client {
  const client = new Client({
    connectionString: url,
    application_name: 'gateway move states',
    connectionTimeoutMillis: ANSWER_LIMIT,
    query_timeout: ANSWER_LIMIT,
    keepAlive: true,
  });
  client.on('notification', () => alarm.ring());
  client.on('end', () => alarm.ring());
  return client;
}

/** Lets others make ready for a snapshot, as long as that may take. */
async function prepared({ prepare, log }: FollowOptions, next: MoveSnapshot): Promise<void> {
  if (!prepare) return;
  const limit = new AbortController();
  const preparing = prepare(next).catch((error: unknown) =>
    log.warn({ err: error, version: next.version }, 'a change of moves was not prepared for'),
  );
  await Promise.race([
    preparing,
    pause(PREPARE_LIMIT, undefined, { signal: limit.signal }).catch(() => {}),
  ]);
  limit.abort();
}
