import { openDatabase } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import type { RoutingSettings } from '../routing/config.ts';
import type { MoveStates } from '../routing/move-states.ts';
import { httpMover } from '#platform/moves/mover.ts';
import { createPinner, type PinMetrics } from './pinner.ts';
import { createSettlement, type SettleFor, type SettlementMetrics } from './settlement.ts';

/** What keeps reads after writes true. */
export interface Settlement {
  /** @see createSettlement */
  readonly settle: SettleFor;
  close(): Promise<void>;
}

export interface SettlementSurroundings {
  readonly settings: RoutingSettings;
  readonly states: MoveStates;
  readonly log: Logger;
  readonly metrics: SettlementMetrics & PinMetrics;
}

/** Opens it. No connection is made before it has something to do; without a control database it never has. */
export function openSettlement(surroundings: SettlementSurroundings): Settlement {
  const { settings, states, log, metrics } = surroundings;
  const url = settings.CONTROL_DATABASE_URL;
  if (url === undefined) return { settle: () => undefined, close: async () => {} };
  const control = openDatabase({ url, poolSize: 4, applicationName: 'gateway pins', log });
  const within = settings.CONFIRM_WITHIN_MS;
  const pinner = createPinner({ control, within, log, metrics });
  const ask = httpMover({ url: settings.MIGRATION_URL, within: settings.SETTLE_WITHIN_MS, log });
  return {
    settle: createSettlement({ states, ask, pin: pinner.pin, metrics }),
    close: () => pinner.close(),
  };
}
