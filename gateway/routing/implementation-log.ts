import type { Logger } from '#platform/log.ts';
import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES, type MoveName } from '#platform/moves/moves.ts';

/** Says which implementation each move uses: once, and again only when it changes. */
export function implementationLog(
  log: Logger,
): (labels: ReadonlySet<string>, snapshot: MoveSnapshot) => void {
  const said = new Map<MoveName, number>();
  return (labels, { moves }) => {
    for (const { name } of MOVES) {
      const readPercent = moves.get(name)?.readPercent ?? 0;
      if (!labels.has(name) || said.get(name) === readPercent) continue;
      said.set(name, readPercent);
      log.info({ move: name, readPercent }, `Using ${implementation(name, readPercent)}`);
    }
  };
}

function implementation(name: string, readPercent: number): string {
  if (readPercent === 0 || readPercent === 100) {
    return `${readPercent === 100 ? 'NEW' : 'OLD'} ${name} implementation`;
  }
  return `NEW ${name} implementation for ${readPercent}% of readers, OLD for the others`;
}
