import { expect, test } from 'vitest';
import { barOf, progressBar } from '../../../migration/commands/progress-bar.ts';

test('a bar says how far work is, and how long it will still take at this rate', () => {
  expect(barOf('copied', 250_000, 1_000_000, 60_000)).toBe(
    'copied ██████░░░░░░░░░░░░░░░░░░ 25%  250,000 of 1,000,000, 3 min left',
  );
  expect(barOf('copied', 0, 10, 5_000)).toBe('copied ░░░░░░░░░░░░░░░░░░░░░░░░ 0%  0 of 10');
  expect(barOf('copied', 10, 10, 5_000)).toBe('copied ████████████████████████ 100%  10 of 10');
  expect(barOf('copied', 0, 0, 5_000)).toContain('100%');
});

test('is drawn ten times a second at most, and its end always', () => {
  let [drawn, now] = [0, 0];
  const bar = progressBar({ isTTY: true, write: () => (drawn += 1) }, () => now);
  for (now = 0; now < 1_000; now += 10) bar.progress('copied', now, 1_000);
  bar.progress('copied', 1_000, 1_000);
  expect(drawn).toBe(10);
});

test('draws nothing into a file or a pipe', () => {
  const bar = progressBar({ write: () => expect.unreachable() });
  bar.progress('copied', 1, 2);
  bar.clear();
});
