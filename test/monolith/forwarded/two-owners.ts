import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { Identity } from '#platform/identity/identity.ts';
import { urlVariables } from '#platform/database/provision.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { installMove } from '../../../migration/capture/install-move.ts';
import { migrationConfig } from '../../../migration/config.ts';
import { openMoves } from '../../../migration/open-moves.ts';
import { startRelay } from '../../../migration/relay/start-relay.ts';
import { startStack, type Stack } from '../../stack.ts';

/** What a REST client is answered. */
export interface RestReply {
  readonly status: number;
  readonly headers: Headers;
  // The body of an answer has no one type: each test says what it expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface RestOptions {
  /** JSON, or what `fetch` takes. */
  readonly body?: unknown;
  readonly token?: string;
  /** An identity as the gateway signs it. */
  readonly identity?: Partial<Identity>;
  readonly headers?: Record<string, string>;
}

/** The whole product, with moves whose data is captured and carried over all the time. */
export interface TwoOwners {
  readonly stack: Stack;
  /** Lets a side own everything of the moves, or of one of them, when the other side has been told all. */
  give(owner: Side, only?: MoveName): Promise<void>;
  /** Waits until both sides have the same. */
  settle(): Promise<void>;
  /** Nobody carries anything over any more; `false`: somebody does again. */
  pauseRelay(paused: boolean): Promise<void>;
  /** Calls the monolith as a REST client does, not through the gateway. */
  call(method: string, path: string, options?: RestOptions): Promise<RestReply>;
  /** Runs SQL in the monolith's database. */
  // oxlint-disable-next-line typescript/no-explicit-any
  sql(text: string, values?: unknown[]): Promise<any[]>;
  close(): Promise<void>;
}

/** Starts it with the legacy side as the owner. */
export async function startTwoOwners(...names: MoveName[]): Promise<TwoOwners> {
  // The mover, as far as the monolith asks it: nobody answers while nothing is carried.
  const mover = createServer((_request, response) => {
    const answer = async () => {
      if (isPaused) response.writeHead(503).end();
      else {
        await Promise.all(relays.map((relay) => relay.settled(2_000)));
        response.end('{"unsettled":[]}');
      }
    };
    void answer();
  }).listen(0, '127.0.0.1');
  await once(mover, 'listening');
  const { port } = mover.address() as AddressInfo;
  const stack = await startStack({ MIGRATION_URL: `http://127.0.0.1:${port}` });
  const { databases, uploadDirectories } = stack;
  const log = createLog('tests', 'silent');
  const config = migrationConfig({
    ...urlVariables(databases),
    LEGACY_UPLOAD_DIRECTORY: uploadDirectories.legacy,
    RESUME_REVIEW_UPLOAD_DIRECTORY: uploadDirectories.new,
  });
  const moves = openMoves(config, log);
  const places = names.map((name) => moves.placesOf(name));
  for (const each of places) await installMove(each.mapping, each, { owner: 'legacy', epoch: 1 });
  const startAll = () => places.map((each) => startRelay(each, { log }));
  let relays = startAll();
  let isPaused = false;
  const owners = new Map<MoveName, Side>(names.map((name) => [name, 'legacy']));
  const database = new Client({ connectionString: databases.legacy });
  await database.connect();
  const key = identityKey(stack.environment('monolith')['IDENTITY_SECRET'] as string);
  const setOwner = async (name: MoveName, side: Side, to: Side | 'moving', raise: number) => {
    await places[names.indexOf(name)]?.[side].pool.query(
      'update move.ownership set owner = $1, epoch = epoch + $2 where move = $3',
      [to, raise, name],
    );
  };
  const settle = async () => {
    const deadline = Date.now() + 15_000;
    for (const relay of relays) {
      // What waits for another move, as a review for its resume, is not settled, and comes with a later batch.
      while (!(await relay.settled(5_000)).settled) {
        if (Date.now() > deadline) throw new Error('the relay does not carry everything over');
      }
    }
  };
  return {
    stack,
    give: async (to, only) => {
      const leaving = names.filter((name) => name === (only ?? name) && owners.get(name) !== to);
      const from: Side = to === 'new' ? 'legacy' : 'new';
      for (const name of leaving) await setOwner(name, from, 'moving', 0);
      if (leaving.length > 0) await settle();
      for (const name of leaving) {
        await setOwner(name, to, to, 1);
        await setOwner(name, from, to, 1);
        owners.set(name, to);
      }
    },
    settle,
    pauseRelay: async (paused) => {
      isPaused = paused;
      if (paused) await Promise.all(relays.map((relay) => relay.stop()));
      else relays = startAll();
    },
    call: (method, path, options = {}) => call(stack.url('monolith'), key, method, path, options),
    sql: async (text, values) => (await database.query(text, values)).rows,
    close: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await moves.close();
      await database.end();
      await stack.close();
      mover.closeAllConnections();
      mover.close();
    },
  };
}

async function call(
  url: string,
  key: Uint8Array,
  method: string,
  path: string,
  { body, token, identity, headers = {} }: RestOptions,
): Promise<RestReply> {
  const isRaw = typeof body === 'string' || body instanceof FormData;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(identity && { [IDENTITY_HEADER]: signIdentity({ ...NOBODY, ...identity }, key) }),
      ...headers,
    },
    body: body === undefined || isRaw ? (body as string | FormData) : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

const NOBODY: Identity = {
  userId: null,
  role: null,
  sessionId: null,
  clientAddress: null,
  requestId: 'test',
};
