import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createControlDatabase } from '../../platform/moves/control-database.ts';
import { drawPort } from '../../setup/ports.ts';
import { startRelayStack, type RelayStack } from '../../migration/relay/relay-stack.ts';
import { supergraphOf } from '../test-gateway.ts';
import { startSubgraph } from '../test-subgraph.ts';
import { startMover, startReplica, type Replica, type TestProcess } from './replica.ts';
import { thingGraph } from './thing-graph.ts';

/** Two replicas of the gateway before the two sides of a move, with a relay between these. */
export interface Shop {
  readonly data: RelayStack;
  /** The URL of the database `control`. */
  readonly control: string;
  readonly doors: readonly [Replica, Replica];
  /** The mover that runs now. */
  readonly mover: TestProcess;
  /** Starts another one in place of one that has been ended. */
  startMover(): Promise<void>;
  close(): Promise<void>;
}

/** @param control the URL of a database `control` that is up to date */
export async function openShop(control?: string): Promise<Shop> {
  const controlUrl = control ?? (await createControlDatabase());
  const data = await startRelayStack();
  const pools = { legacy: data.places.legacy.pool, new: data.places.new.pool };
  const subgraphs = await Promise.all(thingGraph(pools).map(startSubgraph));
  const directory = await mkdtemp(join(tmpdir(), 'two-doors-'));
  const supergraph = join(directory, 'supergraph.graphql');
  await writeFile(supergraph, supergraphOf(subgraphs));
  const port = await drawPort();
  const urls = [data.urls.legacy, data.urls.new, controlUrl];
  let mover = await startMover(port, urls);
  const environment = {
    CONTROL_DATABASE_URL: controlUrl,
    MIGRATION_URL: mover.url,
  };
  const doors = await Promise.all([
    startReplica(supergraph, environment),
    startReplica(supergraph, environment),
  ]);
  return {
    data,
    control: controlUrl,
    doors,
    get mover() {
      return mover;
    },
    async startMover() {
      mover = await startMover(port, urls);
    },
    async close() {
      await Promise.all([...doors, mover].map((one) => one.end()));
      await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
      await data.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** A thing that belongs to somebody, on both sides. */
export async function addThing(
  { data }: Shop,
  owner = randomUUID(),
): Promise<{ id: string; owner: string }> {
  const id = randomUUID();
  const values = [id, owner, `code ${id}`];
  await data.on('legacy', 'insert into old_thing values ($1, $2, $3, null, 0)', values);
  return { id, owner };
}

const SET =
  'mutation Set($id: ID!, $amount: Int!) { setAmount(id: $id, amount: $amount) { amount side } }';
const READ = 'query Read($id: ID!) { thing(id: $id) { amount side } }';

/** Writes through a door. @returns the milliseconds to the answer, and the side that wrote */
export async function setAmount(door: Replica, who: string, id: string, amount: number) {
  const began = performance.now();
  const { data, errors } = await door.ask(who, SET, { id, amount });
  if (data?.setAmount?.amount !== amount) throw new Error(`not written: ${JSON.stringify(errors)}`);
  return { took: performance.now() - began, side: data.setAmount.side };
}

/** Reads through a door. */
export async function read(door: Replica, who: string, id: string) {
  const { data, errors } = await door.ask(who, READ, { id });
  if (!data?.thing) throw new Error(`not read: ${JSON.stringify(errors ?? data)}`);
  return data.thing;
}
