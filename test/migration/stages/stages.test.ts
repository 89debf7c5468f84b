import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureInstalled } from '../../../migration/capture/install-capture.ts';
import { readJournal } from '../../../migration/journal/journal.ts';
import { advance } from '../../../migration/stages/advance.ts';
import { backfillNow } from '../../../migration/stages/backfill-now.ts';
import { readFacts } from '../../../migration/stages/read-facts.ts';
import { rollback } from '../../../migration/stages/rollback.ts';
import { seal } from '../../../migration/stages/seal.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite({ SOAK_HOURS: '0', FLIP_BUCKETS: '512' });
}, 60_000);
afterAll(() => site.close());

const go = (move: 'order' | 'ai' | 'auth', percent?: number) =>
  site.work(move, (work) => advance(work, percent));
const progress = async (move: 'order' | 'ai' | 'auth') => {
  const { state } = await readFacts(site.moves, move);
  return [state.stage, state.readPercent, state.writePercent];
};

describe('a move', () => {
  test(
    'goes from stage to stage, and each gate says what is missing',
    { timeout: 60_000 },
    async () => {
      const places = site.moves.placesOf('order');
      await go('order');
      expect(await progress('order')).toEqual(['sync', 0, 0]);
      await expect(go('order')).rejects.toThrow(
        /order does not go from sync to shadow. Missing: what was there before is copied \(not finished[^]*✗ what was there[^]*npm run move -- backfill order[^]*✓ everything could be carried over/,
      );
      const count = await backfillNow(places, 'legacy', { signature: BY_TEST });
      expect(count?.equal).toBeGreaterThan(200);
      await go('order');
      await expect(go('order')).rejects.toThrow(
        /found no difference \(full, 0\.\d h ago, before the backfill ended/,
      );
      const found = await verifyNow(places, { signature: BY_TEST });
      expect(found.differing).toEqual([]);
      await go('order', 5);
      expect(await progress('order')).toEqual(['canary', 5, 0]);
      await expect(go('order')).rejects.toThrow('Missing: the new side answers all reads (5%)');
      await expect(go('order', 5)).rejects.toThrow('an advance only adds to them');
      await go('order', 100);
      expect(await progress('order')).toEqual(['canary', 100, 0]);
      await go('order', 25);
      expect(await progress('order')).toEqual(['cutover', 100, 25]);
      expect(await site.owned('order')).toEqual({ legacy: 768, new: 256, moving: 0 });
      await expect(go('order')).rejects.toThrow(
        'the new side owns all writes (256 of 1024 buckets)',
      );
      await go('order', 100);
      await go('order');
      expect(await progress('order')).toEqual(['soak', 100, 100]);
      await expect(go('order')).rejects.toThrow('npm run move -- seal order');
    },
  );

  test('keeps in its journal who did what and what was found', async () => {
    const entries = await readJournal(site.moves.control.db, 'order', 100);
    const steps = entries.map(({ action, step }) => `${action} ${step}`);
    expect(steps).toEqual(
      expect.arrayContaining(['install finished', 'advance refused', 'flip done']),
    );
    const refused = entries.findLast(({ step }) => step === 'refused');
    expect(refused).toMatchObject({ by: 'a test', evidence: { gates: expect.any(Array) } });
  });

  test('rolls back to shadow with what was written on the new side, and to legacy without capture', async () => {
    const { new: fresh, legacy } = site.moves.placesOf('order');
    await fresh.pool.query(`update "order" set shipping_city = 'Rolled back'`);
    await site.work('order', (work) => rollback(work, 'shadow'));
    expect(await progress('order')).toEqual(['shadow', 0, 0]);
    const { rows } = await legacy.pool.query(
      `select count(*)::int from sales_orders where ship_city <> 'Rolled back'`,
    );
    expect(rows).toEqual([{ count: 0 }]);
    await site.work('order', (work) => rollback(work, 'legacy'));
    expect(await progress('order')).toEqual(['legacy', 0, 0]);
    expect(await captureInstalled(legacy, 'order')).toBe(false);
    expect(await captureInstalled(fresh, 'order')).toBe(false);
  });

  test('with something that cannot be carried over does not go on, and says why', async () => {
    const { legacy } = site.moves.placesOf('auth');
    await legacy.pool.query('alter table app_users drop constraint app_users_role');
    await legacy.pool.query(
      `update app_users set role_cd = 'ROOT' where email = 'staff@example.com'`,
    );
    await go('auth');
    await backfillNow(site.moves.placesOf('auth'), 'legacy', { signature: BY_TEST });
    await expect(go('auth')).rejects.toThrow(
      /1 parked: account [^]*"ROOT" is none of CUST, STAFF, ADM/,
    );
  });
});

describe('ai', () => {
  test('asks that upload is in step, because resumes say whose reviews are', async () => {
    await expect(go('ai')).rejects.toThrow('npm run move -- advance upload');
  });

  test('is sealed when upload was not, but upload not before ai', { timeout: 60_000 }, async () => {
    await site.bring('upload', 'cutover');
    await site.bring('ai', 'cutover');
    await site.work('upload', (work) => advance(work));
    await go('ai');
    await expect(site.work('upload', seal)).rejects.toThrow('seal ai before');
    await verifyNow(site.moves.placesOf('ai'), { signature: BY_TEST });
    await site.work('ai', seal);
    expect(await progress('ai')).toEqual(['sealed', 100, 100]);
    const { legacy } = site.moves.placesOf('ai');
    await expect(
      legacy.pool.query('update ai_reviews set resume_id = resume_id'),
    ).rejects.toMatchObject({
      code: 'MF001',
    });
    await expect(site.work('ai', (work) => rollback(work, 'shadow'))).rejects.toThrow('is sealed');
  });
});
