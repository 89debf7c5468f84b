import type { Logger } from '#platform/log.ts';
import { MOVES, type MoveName, type Side } from '#platform/moves/moves.ts';

/** Says which implementation each move of a supergraph uses: once, and again only when it changes. */
export function implementationLog(
  targets: Readonly<Record<MoveName, Side>>,
  log: Logger,
): (labels: ReadonlySet<string>) => void {
  const said = new Map<MoveName, Side>();
  return (labels) => {
    for (const { name } of MOVES) {
      const side = targets[name];
      if (!labels.has(name) || said.get(name) === side) continue;
      said.set(name, side);
      log.info(
        { move: name, side },
        `Using ${side === 'new' ? 'NEW' : 'OLD'} ${name} implementation`,
      );
    }
  };
}
