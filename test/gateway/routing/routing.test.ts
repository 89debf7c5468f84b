import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { bucketOf } from '#platform/moves/bucket.ts';
import { moveSettings, targetsFrom } from '#platform/moves/config.ts';
import { routingSettings } from '../../../gateway/routing/config.ts';
import { openRouting } from '../../../gateway/routing/routing.ts';
import { createControlDatabase, writeState } from '../../platform/moves/control-database.ts';

test('with a control database its states decide, not the targets, and raising a share moves nobody back', async () => {
  const url = await createControlDatabase();
  const environment = { CONTROL_DATABASE_URL: url, USE_NEW_AI: 'true' };
  const settings = readConfig('test', { ...routingSettings(), ...moveSettings() }, environment);
  const metric = { set() {}, inc() {} };
  const versions: number[] = [];
  const routing = await openRouting({
    settings,
    targets: targetsFrom(settings),
    trustHeader: false,
    log: pino({ level: 'silent' }),
    metrics: {
      secondsSinceConfirmed: metric,
      reconnects: metric,
      leaseWaits: metric,
      unleased: metric,
      fallbacks: metric,
    },
    changed: ({ version }) => versions.push(version),
  });
  const users = Array.from({ length: 500 }, (_, index) => `user-${index}`);
  const usersOn = (label: string) =>
    users.filter((key) =>
      routing
        .decide(new Set(['order', 'ai']), {
          kind: 'query',
          subject: { key, setCookie: null },
          role: null,
          header: undefined,
        })
        .isOn(label),
    );
  await routing.states.known;
  expect([usersOn('order'), usersOn('ai')]).toEqual([[], []]);
  let before: string[] = [];
  for (const [version, readPercent, covered] of [
    [1, 10, 102],
    [2, 20, 205],
    [3, 100, 1_024],
  ] as const) {
    await writeState(url, 'order', { readPercent });
    await vi.waitFor(() => expect(versions).toContain(version));
    const on = usersOn('order');
    expect(on).toEqual(users.filter((user) => bucketOf('order', user) < covered));
    expect(on).toEqual(expect.arrayContaining(before));
    before = on;
  }
  await routing.close();
});
