import { readSync, writeSync } from 'node:fs';
import type { WorkerReply, WorkerRequest } from './messages.ts';
import { buildSupergraph, type PlannedSupergraph } from './planned-supergraph.ts';

/**
 * The planning worker: builds one supergraph at a time, and plans on it. It does what it is told, in order, and
 * ends when nobody is left to tell it; how long a thing may take is watched from outside. It has no event
 * loop: it stands still while it waits, also within a planning, for the state of a label.
 */
const CHANNEL = 3;

// Those who end the gateway from a terminal signal its worker too, which is still needed while it drains.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

let supergraph: PlannedSupergraph | null = null;
let unread = Buffer.alloc(0);
const chunk = Buffer.alloc(2 ** 16);
for (let request = receive(); request !== null; request = receive()) {
  const reply = handle(request);
  if (reply) send(reply);
}
process.exit(0);

function handle(request: WorkerRequest): WorkerReply | null {
  try {
    switch (request.kind) {
      case 'load':
        supergraph = buildSupergraph(request.sdl);
        return { kind: 'loaded', parts: supergraph.parts };
      case 'plan':
        if (!supergraph) throw new Error('There is no supergraph to plan on.');
        return {
          kind: 'planned',
          plan: supergraph.plan(request.text, request.operationName, isOn),
        };
      case 'unload':
        supergraph = null;
        // It may wait long for its next one: without this it would keep the memory of the last.
        globalThis.gc?.();
        return null;
      default:
        throw new Error('Nobody asked for the state of a label.');
    }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Asks for the state of a label, and waits for it. */
function isOn(label: string): boolean {
  send({ kind: 'label', label });
  const answer = receive();
  if (answer === null) process.exit(0);
  if (answer.kind !== 'state' || answer.isOn === null) {
    throw new Error(`The label ${label} was not decided.`);
  }
  return answer.isOn;
}

/** Messages are lines of JSON. @returns null where the other side is gone */
function receive(): WorkerRequest | null {
  const parts = [unread];
  while (!parts.at(-1)?.includes('\n')) {
    const size = readSync(CHANNEL, chunk);
    if (size === 0) return null;
    parts.push(Buffer.from(chunk.subarray(0, size)));
  }
  const all = Buffer.concat(parts);
  const end = all.indexOf('\n');
  unread = all.subarray(end + 1);
  return JSON.parse(all.toString('utf8', 0, end)) as WorkerRequest;
}

function send(reply: WorkerReply): void {
  const line = Buffer.from(`${JSON.stringify(reply)}\n`);
  for (let sent = 0; sent < line.length;) sent += writeSync(CHANNEL, line, sent);
}
