import type { MoveName } from '#platform/moves/moves.ts';
import { gateLines, type Gate } from './gates.ts';

/** A move does not go where it was told to. The message says what is missing, and what to do. */
export class StageRefused extends Error {
  readonly code = 'STAGE_REFUSED';
  /** What was asked for and found; none where it was not even asked. */
  readonly gates: readonly Gate[];

  constructor(message: string, gates: readonly Gate[] = []) {
    super(message);
    this.name = 'StageRefused';
    this.gates = gates;
  }
}

/** @throws StageRefused where a gate is not met: it says which, and shows all */
export function requireMet(move: MoveName, where: string, gates: readonly Gate[]): void {
  const missing = gates.filter(({ met }) => !met);
  if (missing.length === 0) return;
  const figures = missing.map(({ asked, found }) => `${asked} (${found})`).join('; ');
  throw new StageRefused(
    [`${move} does not go ${where}. Missing: ${figures}.`, ...gateLines(gates)].join('\n'),
    gates,
  );
}
