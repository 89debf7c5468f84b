import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMoveCommand } from '../../../migration/commands/run.ts';
import { recordVerified } from '../../../migration/stages/read-verified.ts';
import { createControlDatabase, query } from '../../platform/moves/control-database.ts';

let control: string;
let client: Client;

/** Moves at all kinds of stages; only `control` is known. */
beforeAll(async () => {
  control = await createControlDatabase();
  client = new Client({ connectionString: control });
  await client.connect();
  const stages = {
    auth: ['soak', 100, 100],
    product: ['legacy', 0, 0],
    inventory: ['shadow', 0, 0],
    order: ['canary', 10, 0],
    upload: ['sealed', 100, 100],
    ai: ['cutover', 100, 25],
  } as const;
  for (const [name, progress] of Object.entries(stages)) {
    await query(
      control,
      `insert into move_state values ($1, $2, $3, $4, 0, '2026-01-07 13:10Z', 'Ada')`,
      [name, ...progress],
    );
  }
  const found = { isFull: true, checked: 1, differing: 0, unmappable: 0, began: new Date() };
  await recordVerified(drizzle({ client }), 'order', found, { by: 'Ada', reason: null }, {});
});
afterAll(() => client.end());

async function status(...words: string[]): Promise<string> {
  const said: string[] = [];
  const environment = { CONTROL_DATABASE_URL: control };
  await runMoveCommand(['status', ...words], (text) => said.push(text), environment);
  return said.join('\n');
}

describe('move status', () => {
  test("prints the table of the owner's reports, with their phases and words, from live state", async () => {
    const lines = (await status()).split('\n');
    expect(lines.slice(0, 9).map((line) => line.split(/ {2,}/))).toEqual([
      ['PHASE', 'FEATURE', 'STATUS', 'FEATURE FLAG', 'DEFAULT', 'PRODUCTION READY'],
      ['Phase 0', 'Infrastructure', '✅ Complete', 'N/A', 'N/A', 'Yes'],
      ['Phase 1', 'Auth', '🔄 In Progress (soak)', 'USE_NEW_AUTH', 'false (old)', 'No'],
      ['Phase 2', 'Upload', '✅ Complete', 'USE_NEW_UPLOAD', 'false (old)', 'Yes'],
      ['Phase 3', 'AI Agents', '🔄 In Progress (cutover)', 'USE_NEW_AI', 'false (old)', 'No'],
      ['Phase 4', 'Resume Review', '🔄 In Progress (with upload, ai)', 'N/A', 'N/A', 'No'],
      ['Phase 5', 'Product', '📅 Not Started', 'USE_NEW_PRODUCT', 'false (old)', 'No'],
      ['Phase 6', 'Inventory', '🔄 In Progress (shadow)', 'USE_NEW_INVENTORY', 'false (old)', 'No'],
      ['Phase 7', 'Order', '🔄 In Progress (canary)', 'USE_NEW_ORDER', 'false (old)', 'No'],
    ]);
  });

  test('shows who reads and writes where, and says what it cannot know', async () => {
    const said = await status();
    const rows = said.split('\n').map((line) => line.split(/ {2,}/));
    const none = ['-', '-', '-', '-'];
    const when = '2026-01-07 13:10:00Z';
    expect(rows[10]?.slice(0, 4)).toEqual(['MOVE', 'STAGE', 'READS', 'WRITES']);
    expect(rows[14]).toEqual(['order', 'canary', '10% new', 'legacy', ...none, when, 'Ada']);
    expect(rows[16]).toEqual(['ai', 'cutover', 'new', '25% new', ...none, when, 'Ada']);
    expect(said).toContain('Only CONTROL_DATABASE_URL is set: lag, pending and parked need the');
  });

  test('is JSON for programs: the phases, and the moves', async () => {
    const { version, phases, moves } = JSON.parse(await status('--json'));
    expect(version).toBe(6);
    expect(phases[1]).toEqual({
      phase: 1,
      feature: 'Auth',
      status: '🔄 In Progress (soak)',
      flag: 'USE_NEW_AUTH',
      default: 'false (old)',
      productionReady: 'No',
    });
    expect(moves[5]).toMatchObject({ stage: 'cutover', readPercent: 100, writePercent: 25 });
  });
});
