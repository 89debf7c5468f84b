import { pino } from 'pino';
import { expect, test } from 'vitest';
import { snapshotOfTargets, type MoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { implementationLog } from '../../../gateway/routing/implementation-log.ts';

test('the implementation of each move is said once, and again only when it changes', () => {
  const said: string[] = [];
  const write = (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg);
  const announce = implementationLog(pino({}, { write }));
  const targets = Object.fromEntries(MOVES.map(({ name }) => [name, 'legacy']));
  const before = snapshotOfTargets({ ...targets, auth: 'new' } as never);
  const labels = new Set(['auth', 'order', 'percent(5)']);
  announce(labels, before);
  announce(labels, before);
  expect(said).toEqual(['Using NEW auth implementation', 'Using OLD order implementation']);
  const order = { ...before.moves.get('order')!, readPercent: 0.5 };
  const after: MoveSnapshot = { version: 1, moves: new Map(before.moves).set('order', order) };
  announce(labels, after);
  announce(new Set([...labels, 'ai']), after);
  expect(said.slice(2)).toEqual([
    'Using NEW order implementation for 0.5% of readers, OLD for the others',
    'Using OLD ai implementation',
  ]);
});
