import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from '#platform/log.ts';

/** Milliseconds that a connection, and a statement, may take: after that the connection counts as lost. */
const ANSWER_LIMIT = 2_000;
/** Milliseconds between two looks whether the server still answers: a cut network tells nobody. */
const CHECK_EVERY = 2_000;
/** Milliseconds before another connection is made; doubled each time, up to the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [50, 1_000];

export interface ChannelFollower {
  /** The URL of the database. */
  readonly url: string;
  /** The channel of NOTIFY: lower-case letters and `_`. */
  readonly channel: string;
  readonly log: Logger;
  /** Told of what was sent. */
  readonly heard: (payload: string) => Promise<void>;
  /** Told when something may have been missed: after each loss of the connection, until there is one again. */
  missed(): void;
}

/** Follows a channel of PostgreSQL on a connection of its own, which is made anew when it is lost. */
export function followChannel(follower: ChannelFollower): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const following = keepConnected(follower, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}

async function keepConnected(follower: ChannelFollower, end: AbortSignal): Promise<void> {
  const { log, channel } = follower;
  for (let failures = 0; !end.aborted; failures++) {
    try {
      await listenUntilLost(follower, end, () => {
        // What was sent while nobody listened.
        if (failures > 0) follower.missed();
        failures = 0;
      });
    } catch (error) {
      if (!end.aborted && failures === 0) {
        log.warn({ err: error, channel }, 'notifications of the database are not heard for now');
      }
    }
    follower.missed();
    const longest = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE);
    await pause(longest * (0.5 + Math.random() / 2), undefined, { signal: end }).catch(() => {});
  }
}

async function listenUntilLost(
  { url, channel, log, heard }: ChannelFollower,
  end: AbortSignal,
  connected: () => void,
): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: `listens on ${channel}`,
    connectionTimeoutMillis: ANSWER_LIMIT,
    query_timeout: ANSWER_LIMIT,
    keepAlive: true,
  });
  const over = new AbortController();
  client.on('error', () => over.abort());
  client.on('end', () => over.abort());
  client.on('notification', ({ payload = '' }) => {
    heard(payload).catch((error: unknown) =>
      log.error({ err: error, channel }, 'a notification of the database could not be followed'),
    );
  });
  const signal = AbortSignal.any([end, over.signal]);
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    connected();
    while (!signal.aborted) {
      await pause(CHECK_EVERY, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await client.query('select 1');
    }
  } finally {
    await Promise.race([client.end().catch(() => {}), pause(ANSWER_LIMIT)]);
  }
}
