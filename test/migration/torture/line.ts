import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import type { Effect } from './effects.ts';

/** A connection to a database that is made anew when it was lost. */
export interface Line {
  /** Waits until the server is there. */
  client(): Promise<Client>;
  /** Forgets the connection. */
  drop(): Promise<void>;
}

export function openLine(url: string, name: string): Line {
  let present: Client | null = null;
  return {
    async client() {
      for (;;) {
        if (present) return present;
        const client = new Client({
          connectionString: url,
          application_name: name,
          connectionTimeoutMillis: 5_000,
        });
        client.on('error', () => {
          if (present === client) present = null;
        });
        try {
          await client.connect();
          await client.query('set lock_timeout = 5000; set statement_timeout = 10000');
          present = client;
        } catch {
          void client.end().catch(() => undefined);
          await sleep(50);
        }
      }
    },
    async drop() {
      const client = present;
      present = null;
      void client?.end().catch(() => undefined);
    },
  };
}

/** How a transaction ended, as far as its writer can know. */
export interface Ending {
  readonly outcome: 'acknowledged' | 'unknown' | 'aborted';
  readonly effects: readonly Effect[];
  /** The SQLSTATE of the refusal; null where there was none, or the connection was lost. */
  readonly refusal: DatabaseError | null;
}

const ABORTED: Ending = { outcome: 'aborted', effects: [], refusal: null };

export interface Transaction {
  readonly isolation: 'read committed' | 'repeatable read';
  /** Rolls back at the end, on purpose. */
  readonly isTakenBack?: boolean;
  readonly body: (client: Client) => Promise<Effect[]>;
}

/** Runs a transaction. Where the connection is lost in the moment of its commit, nobody knows how it ended. */
export async function transact(
  line: Line,
  { isolation, isTakenBack, body }: Transaction,
): Promise<Ending> {
  const client = await line.client();
  let effects: Effect[];
  try {
    await client.query(`begin isolation level ${isolation}`);
    effects = await body(client);
  } catch (error) {
    return giveUp(line, client, error);
  }
  if (isTakenBack) {
    await client.query('rollback').catch(() => line.drop());
    return ABORTED;
  }
  return conclude(line, client, effects, async () => {
    const { command } = await client.query('commit');
    return command === 'COMMIT' ? effects : [];
  });
}

/**
 * Sends a statement that commits itself.
 *
 * @param planned what it may do: its answer, which says what it has done, may be lost
 */
export async function sendAtOnce(
  line: Line,
  planned: readonly Effect[],
  send: (client: Client) => Promise<Effect[]>,
): Promise<Ending> {
  const client = await line.client();
  return conclude(line, client, planned, () => send(client));
}

async function conclude(
  line: Line,
  client: Client,
  planned: readonly Effect[],
  commit: () => Promise<Effect[]>,
): Promise<Ending> {
  try {
    return { outcome: 'acknowledged', effects: await commit(), refusal: null };
  } catch (error) {
    if (!isLost(error)) return giveUp(line, client, error);
    await line.drop();
    return { outcome: 'unknown', effects: planned, refusal: null };
  }
}

async function giveUp(line: Line, client: Client, error: unknown): Promise<Ending> {
  if (isLost(error)) {
    await line.drop();
    return ABORTED;
  }
  await client.query('rollback').catch(() => line.drop());
  if (error instanceof DatabaseError) return { ...ABORTED, refusal: error };
  throw error;
}

/** Whether the connection, and not the statement, has failed. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isLost(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof ReferenceError) return false;
  if (!(error instanceof DatabaseError)) return true;
  const { code = '' } = error;
  return code.startsWith('57P') || code.startsWith('08');
}
