import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drain } from '../../../migration/relay/drain.ts';
import { contents, startRelayStack, writeAtRandom, type RelayStack } from './relay-stack.ts';

/** A batch of a few aggregates is some 20 statements, one that must be repeated some 40. */
const MOST_STATEMENTS = 60;
const KILLS = 24;

let stack: RelayStack;

beforeAll(async () => {
  stack = await startRelayStack();
});
afterAll(() => stack.close());

async function killedRelay(): Promise<NodeJS.Signals | null> {
  const statements = 1 + Math.floor(Math.random() * MOST_STATEMENTS);
  const file = join(import.meta.dirname, 'relay-process.ts');
  const words = [file, stack.urls.legacy, stack.urls.new, String(statements)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

test('a relay that is killed between any two statements loses and resurrects nothing', async () => {
  const over = new AbortController();
  let written = 0;
  const writing = (async () => {
    while (!over.signal.aborted) written += await writeAtRandom(stack, 60);
  })();
  const signals: unknown[] = [];
  const killing = async () => {
    for (let n = 0; n < KILLS / 2; n += 1) signals.push(await killedRelay());
  };
  await Promise.all([killing(), killing()]);
  over.abort();
  await writing;
  expect(new Set(signals)).toEqual(new Set(['SIGKILL']));
  expect(written).toBeGreaterThan(100);
  await drain(stack.places, 'legacy', { deadline: Date.now() + 20_000 });
  expect(await contents(stack, 'new')).toEqual(await contents(stack, 'legacy'));
  expect(await stack.on('legacy', 'select from move.parked')).toEqual([]);
}, 120_000);
