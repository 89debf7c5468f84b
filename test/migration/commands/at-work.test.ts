import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMoveCommand, type Terminal } from '../../../migration/commands/run.ts';
import { drawPort } from '../../setup/ports.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

// What a person types to take a move on its way, what they are told, and what a program is told, on real databases.
let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
}, 60_000);
afterAll(() => site.close());

/** @returns what is said, and what the error says that it ends with; empty where it ends well */
async function move(
  words: string,
  variables: Readonly<Record<string, string | undefined>> = site.variables,
  terminal: Terminal = {},
): Promise<{ said: string; problem: string }> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const problem = await runMoveCommand(words.split(' '), say, variables, terminal).then(
    () => '',
    (error: Error) => error.message,
  );
  return { said: said.join('\n'), problem };
}

const onLegacy = (statement: string) => site.moves.legacy.pool.query(statement);

describe('the way of a move, in commands', () => {
  test('advance says what it asked for and found, and what comes next', async () => {
    const dry = await move('advance order --dry-run');
    expect(dry.said).toContain('Would be done: order: legacy -> sync, reads legacy, writes legacy');
    expect((await move('status order')).said).toMatch(
      /order is at legacy: .*\n\n {2}capture +is not installed\n {2}verified +.* ago\n\nNext, legacy -> sync: npm run move -- advance order\n {2}✓ /,
    );
    expect((await move('verify order')).problem).toContain('First: npm run move -- advance order');
    const { said } = await move('advance order');
    expect(said).toMatch(/^order: legacy -> sync.*\n {2}✓ [^]*\nNext: npm run move -- backfill/);
  });

  test('backfill says what it did, and then that there is nothing left to do', async () => {
    expect((await move('backfill order --dry-run')).said).toBe(
      'Would be done: order is copied from legacy to the other side.',
    );
    expect((await move('backfill order')).said).toMatch(
      /^order: \d+ aggregates from legacy; .* 0 parked\.\nNext: npm run move -- advance order$/,
    );
    expect((await move('backfill order')).said).toContain('order: everything is copied already.');
    const stopped = { stop: AbortSignal.abort() };
    expect((await move('backfill order --restart', site.variables, stopped)).problem).toBe(
      'stopped: what is copied stays. The process "migration" goes on with the rest, and so does npm run move -- backfill order',
    );
    expect((await move('backfill order')).said).toContain('order: ');
    expect((await move('advance order')).said).toContain('Next: npm run move -- verify order');
  });

  test('a refused advance says which figure is missing, to programs as JSON', async () => {
    const { said, problem } = await move('advance order --json');
    expect(problem).toContain(
      'order does not go from shadow to canary. Missing: a full verification within 24 h found no difference (',
    );
    expect(problem).toContain('      npm run move -- verify order\n');
    const { done, code, gates } = JSON.parse(said);
    expect({ done, code }).toEqual({ done: false, code: 'STAGE_REFUSED' });
    expect(gates).toContainEqual({
      asked: 'a full verification within 24 h found no difference',
      found: expect.stringContaining('before the backfill ended'),
      met: false,
      advice: 'npm run move -- verify order',
    });
  });

  test('verify names the field of a changed cent, and a sample of few is not a sample of none', async () => {
    // As the relay writes: the guard and the markers are not asked.
    const change = (by: number) => `begin; set local moves.relay = 'order';
      update "order" set total_amount = total_amount + ${by} where id = (select min(id::text)::uuid from "order"); commit`;
    const fresh = site.moves.placesOf('order').new.pool;
    await fresh.query(change(1));
    const { said, problem } = await move('verify order');
    expect(said).toMatch(/^ {2}order .* \(legacy is right\): totalAmount is \d+ on legacy, \d+ on/);
    expect(problem).toMatch(/^order: \d+ aggregates compared, 1 different, 0 changes under way/);
    const stopped = await move('verify order', site.variables, { stop: AbortSignal.abort() });
    expect(stopped.problem).toContain('To go on: npm run move -- verify order --resume');
    expect((await move('verify order --resume')).problem).toContain(', 1 different, ');
    expect((await move('advance order')).problem).toContain('it names what differs: mend that');
    await fresh.query(change(-1));
    expect((await move('verify order --sample 1')).said).toMatch(
      /^order: [1-9]\d* aggregates compared \(1%\), 0 different/,
    );
    expect((await move('verify order')).problem).toBe('');
  });

  test('status of a move says what is parked and why, and who writes by SQL', async () => {
    await onLegacy(`set application_name = 'nightly script'; update sales_orders set ordered_at = 'infinity'
      where order_id = (select min(order_id::text)::uuid from sales_orders)`);
    await site.carry('order');
    const { said } = await move('status order');
    expect(said).toMatch(/\n {2}parked +1\n {6}order .*: sales_orders.ordered_at .* is no time/);
    expect(said).toMatch(/\n {6}nightly script +as \S+ +in 1 h, last in that of \d{4}-/);
    expect(said).toContain('\nNext, shadow -> canary: not yet\n');
    const one = JSON.parse((await move('status order --json')).said);
    expect(one).toMatchObject({ stage: 'shadow', parked: 1 });
    expect(one.writers).toContainEqual(expect.objectContaining({ application: 'nightly script' }));
    await onLegacy(`update sales_orders set ordered_at = updated_at where ordered_at = 'infinity'`);
    await site.carry('order');
    expect((await move('status order')).said).toMatch(/\n {2}parked +nothing\n/);
  });

  test('watch prints where it is, and rollback takes it back to the first day', async () => {
    expect((await move('watch order', site.variables, { stop: AbortSignal.abort() })).problem).toBe(
      '',
    );
    expect((await move('watch order --for 0')).said).toMatch(
      /Z {2}shadow, reads legacy, writes legacy; 0 pending for 0 ms; backfill \d+, 0 waiting$/,
    );
    expect((await move('rollback order --to legacy')).said).toMatch(
      /^order: shadow -> legacy, reads legacy, writes legacy\.\n/,
    );
    expect((await move('history order --limit 2')).said.split('\n')).toHaveLength(3);
    expect((await move('seal order')).problem).toContain('order is at legacy: a move is sealed');
  });
});

describe('databases', () => {
  test('that are away are named, without their passwords', async () => {
    const away = `127.0.0.1:${await drawPort()}/legacy`;
    const variables = {
      ...site.variables,
      LEGACY_DATABASE_URL: `postgres://me:hidden@${away}`,
    };
    const { problem } = await move('advance order', variables);
    expect(problem).toMatch(new RegExp(`^a database does not answer: ${away} \\(.*ECONNREFUSED`));
    expect(problem).not.toContain('hidden');
    await site.moves.control.pool.query(
      `insert into move_state values ('ai', 'legacy', 0, 0, 0, now(), 'a test') on conflict do nothing`,
    );
    const { said } = await move('status', variables);
    expect(said).toContain(`? a database does not answer: ${away}`);
    expect(said).toMatch(/\nai +legacy +legacy +legacy +\? +\? +\? +\? /);
  });

  test('of which one variable is forgotten are not looked for elsewhere', async () => {
    for (const name of ['CONTROL_DATABASE_URL', 'ORDERS_DATABASE_URL']) {
      const { problem } = await move('advance order', { ...site.variables, [name]: undefined });
      expect(problem).toContain(`are set, and ${name} is not. Set them as the process "migration"`);
    }
  });
});
