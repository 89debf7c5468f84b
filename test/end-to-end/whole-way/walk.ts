import { MOVES, type MoveName } from '#platform/moves/moves.ts';
import { runMoveCommand } from '../../../migration/commands/run.ts';
import type { Findings } from './findings.ts';
import type { Site } from './site.ts';

/** What a person does with a move, in the words of the command line. */
export interface Walk {
  /** From `legacy` to the end of shadow: captured, copied and verified. */
  toShadow(move: MoveName): Promise<void>;
  /** 10%, 50% and then all of the reads. */
  toCanary(move: MoveName): Promise<void>;
  /** Shares of the writes, then all. */
  toSoak(move: MoveName): Promise<void>;
  verify(move: MoveName): Promise<void>;
  /** Reads and writes back to the monolith; the new side goes on to hear of everything. */
  backToShadow(move: MoveName): Promise<void>;
  /** The same, and as on the first day. */
  back(move: MoveName): Promise<void>;
}

/** A command did not do what it was asked for. */
class CommandFailed extends Error {}

/** Milliseconds that a share of the clients is left on its side. */
const STAY = 250;

/** Walks moves by the commands of `npm run move`. */
export function walkOf({ environment }: Site, findings: Findings): Walk {
  const running = new Set<string>();
  async function move(...words: string[]): Promise<void> {
    const line = words.join(' ');
    running.add(line);
    findings.place = [...running].join(' | ');
    const said: string[] = [];
    const began = performance.now();
    try {
      await runMoveCommand(words, (text) => said.push(text), environment);
    } catch (error) {
      const why = (error as Error).message;
      throw new CommandFailed(`move ${line}: ${why}\n${said.join('\n')}`, { cause: error });
    } finally {
      running.delete(line);
    }
    findings.took(`move ${words[0]}`, performance.now() - began);
  }
  const stay = () => new Promise((resolve) => setTimeout(resolve, STAY));
  return {
    async toShadow(name) {
      await move('advance', name);
      await move('backfill', name);
      await move('advance', name);
      await move('verify', name);
    },
    async toCanary(name) {
      for (const percent of [10, 50, 100]) {
        await move('advance', name, '--percent', String(percent));
        await stay();
      }
      await move('verify', name);
    },
    async toSoak(name) {
      const isTogether = MOVES.find((known) => known.name === name)?.writes === 'together';
      for (const percent of isTogether ? [100] : [10, 50, 100]) {
        await move('advance', name, '--percent', String(percent));
        await stay();
      }
      await move('advance', name);
      await stay();
    },
    verify: (name) => move('verify', name),
    async backToShadow(name) {
      await move('rollback', name);
      await stay();
    },
    async back(name) {
      await move('rollback', name, '--to', 'legacy');
      await stay();
    },
  };
}

/** Those that others need first. */
export const THERE: readonly MoveName[] = MOVES.map(({ name }) => name);
export const BACK: readonly MoveName[] = THERE.toReversed();
