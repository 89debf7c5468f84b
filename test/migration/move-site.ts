import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '#platform/log.ts';
import { SERVICE_DATABASES, urlVariables } from '#platform/database/provision.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { migrationConfig, type MigrationConfig } from '../../migration/config.ts';
import { openMoves, type OpenMoves } from '../../migration/open-moves.ts';
import { drain } from '../../migration/relay/drain.ts';
import { advance } from '../../migration/stages/advance.ts';
import { backfillNow } from '../../migration/stages/backfill-now.ts';
import { workOn, type MoveWork } from '../../migration/stages/move-work.ts';
import { verifyNow } from '../../migration/stages/verify-once.ts';
import { cloneDatabases } from '../setup/databases.ts';

export const BY_TEST = { by: 'a test', reason: null };

/** The databases of all moves, filled and without capture, and the mover that works on them. */
export interface MoveSite {
  readonly moves: OpenMoves;
  readonly config: MigrationConfig;
  /** The environment of a process that works on the same databases. */
  readonly variables: Readonly<Record<string, string>>;
  /** Works on a move, as a command does. */
  work<Result>(move: MoveName, act: (work: MoveWork) => Promise<Result>): Promise<Result>;
  /** Carries everything that is marked, as the process `migration` does all the time. */
  carry(move: MoveName): Promise<void>;
  /** Brings a move to a stage, from legacy: to canary with all reads on the new side. */
  bring(move: MoveName, stage: 'sync' | 'shadow' | 'canary' | 'cutover'): Promise<void>;
  /** How many buckets each side owns, by what its own database says. */
  owned(move: MoveName): Promise<Record<Side | 'moving', number>>;
  close(): Promise<void>;
}

/** @param extra settings of the mover */
export async function moveSite(extra: Record<string, string> = {}): Promise<MoveSite> {
  const urls = await cloneDatabases(SERVICE_DATABASES);
  const uploads = await mkdtemp(join(tmpdir(), 'move-site-'));
  const variables = {
    ...urlVariables(urls),
    LEGACY_UPLOAD_DIRECTORY: join(uploads, 'legacy'),
    RESUME_REVIEW_UPLOAD_DIRECTORY: join(uploads, 'new'),
    ...extra,
  };
  const config = migrationConfig(variables);
  const moves = openMoves(config, createLog('tests', 'silent'));
  const work: MoveSite['work'] = (move, act) =>
    workOn(moves, move, { signature: BY_TEST, patience: 10_000 }, act);
  const carry = async (move: MoveName) => {
    for (const from of ['legacy', 'new'] as const) {
      await drain(moves.placesOf(move), from, { deadline: Date.now() + 10_000 });
    }
  };
  const owned: MoveSite['owned'] = async (move) => {
    const places = moves.placesOf(move);
    const counts = { legacy: 0, new: 0, moving: 0 };
    for (const side of ['legacy', 'new'] as const) {
      const { rows } = await places[side].pool.query<{ owner: Side | 'moving' }>(
        'select owner from move.ownership where move = $1',
        [move],
      );
      for (const { owner } of rows) if (owner === side || owner === 'moving') counts[owner] += 1;
    }
    return counts;
  };
  return {
    moves,
    config,
    variables,
    work,
    carry,
    owned,
    async bring(move, stage) {
      await work(move, (on) => advance(on));
      if (stage === 'sync') return;
      await backfillNow(moves.placesOf(move), 'legacy', { signature: BY_TEST });
      await work(move, (on) => advance(on));
      if (stage === 'shadow') return;
      await verifyNow(moves.placesOf(move), { signature: BY_TEST });
      await work(move, (on) => advance(on, 100));
      if (stage === 'canary') return;
      await work(move, (on) => advance(on, 100));
    },
    close: async () => {
      await moves.close();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}
