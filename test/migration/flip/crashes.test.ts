import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FLIP_FAILPOINTS } from '../../../migration/flip/failpoint.ts';
import { openFlip } from '../../../migration/flip/flip-record.ts';
import { flipShare } from '../../../migration/stages/flip-share.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';
import { basicEnvironment } from '../../setup/basic-environment.ts';

const MAIN = fileURLToPath(new URL('../../../migration/main.ts', import.meta.url));
const SLOW = { timeout: 60_000 };
/** Where a flip has been given up. */
const GIVEN_UP = ['flip.fenced', 'flip.reopened'];

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite({ FLIP_LEASE_MS: '1000' });
  await site.bring('product', 'canary');
}, 60_000);
afterAll(() => site.close());

/** `move advance product` in a process of its own, which brings all writes to the new side. */
function advancing(failpoint: string) {
  const env = { ...basicEnvironment(), ...site.variables, MIGRATION_FAILPOINT: failpoint };
  const child = spawn(process.execPath, [MAIN, 'move', 'advance', 'product'], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, output }));
  return { child, ended };
}

/** Whether a process is stopped, as Linux says it. */
async function isStopped(pid: number): Promise<boolean> {
  return / T /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}

async function becomesStopped(pid: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    if (await isStopped(pid)) return;
  }
  throw new Error('it was never stopped');
}

/** Where a write is taken: on one side, or on none. */
async function writable(): Promise<string[]> {
  const { legacy, new: fresh } = site.moves.placesOf('product');
  const tries = [
    [
      'legacy',
      legacy,
      'update products set brand = brand where product_id = (select product_id from products limit 1)',
    ],
    [
      'new',
      fresh,
      'update products set brand = brand where id = (select id from products limit 1)',
    ],
  ] as const;
  const sides: string[] = [];
  for (const [side, { pool }, statement] of tries) {
    await pool.query(statement).then(
      () => sides.push(side),
      (error: { code: string }) => expect(['MF001', 'MF002']).toContain(error.code),
    );
  }
  return sides;
}

/** A product that the sides differ in, so that a flip is given up. */
async function makeDifference(): Promise<() => Promise<void>> {
  const { legacy, new: fresh } = site.moves.placesOf('product');
  const { rows } = await fresh.pool.query('select id, name from products order by id limit 1');
  const { id, name } = rows[0] as { id: string; name: string };
  const rename = async (text: string) => {
    const client = await fresh.pool.connect();
    await client.query(`begin; set local moves.relay = 'product'`);
    await client.query('update products set name = $2 where id = $1', [id, text]);
    await client.query('commit');
    client.release();
  };
  await legacy.pool.query(
    `insert into move.changed values ('product', 'product', $1, 0) on conflict do nothing`,
    [id],
  );
  await rename('something else');
  return () => rename(name);
}

/** Back to canary, for the next one. */
async function goBack(): Promise<void> {
  await site.carry('product');
  await site.work('product', async ({ flipper, places }) => {
    await flipShare(flipper, 0, { patience: 5_000, chunk: 1_024 });
    await places.control.pool.query(
      `update move_state set stage = 'canary', read_percent = 100 where move = 'product'`,
    );
  });
  await site.carry('product');
  await verifyNow(site.moves.placesOf('product'), { signature: BY_TEST });
}

test.each(FLIP_FAILPOINTS)(
  'killed at %s, the flip is brought to an end by the next one',
  SLOW,
  async (failpoint) => {
    const mend = GIVEN_UP.includes(failpoint) ? await makeDifference() : undefined;
    const { ended } = advancing(failpoint);
    const { signal, output } = await ended;
    expect({ signal, output }).toMatchObject({ signal: 'SIGKILL' });
    expect((await writable()).length).toBeLessThanOrEqual(1);
    await site.work('product', async () => {});
    await mend?.();
    expect(await openFlip(site.moves.control.db, 'product')).toBeNull();
    const sides = await writable();
    expect(sides).toHaveLength(1);
    const { legacy, new: fresh, moving } = await site.owned('product');
    expect([legacy + fresh, moving]).toEqual([1, 0]);
    const { rows } = await site.moves.control.pool.query(
      `select write_percent from move_state where move = 'product'`,
    );
    expect(rows).toEqual([{ write_percent: fresh === 1 ? 100 : 0 }]);
    await goBack();
  },
);

test.each(FLIP_FAILPOINTS)(
  'stopped at %s, another one takes over, and when it goes on no two sides are open',
  SLOW,
  async (failpoint) => {
    const mend = GIVEN_UP.includes(failpoint) ? await makeDifference() : undefined;
    const { child, ended } = advancing(`stop:${failpoint}`);
    await becomesStopped(child.pid as number);
    expect((await writable()).length).toBeLessThanOrEqual(1);
    // It gives no sign of life, so its lock is taken from it.
    await site.work('product', async () => {});
    await mend?.();
    const before = await writable();
    expect(before).toHaveLength(1);
    child.kill('SIGCONT');
    const { signal } = await ended;
    expect(signal).toBeNull();
    expect(await openFlip(site.moves.control.db, 'product')).toBeNull();
    await site.work('product', async () => {});
    expect(await writable()).toHaveLength(1);
    await goBack();
  },
);
