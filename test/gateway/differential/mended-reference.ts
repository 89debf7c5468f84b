import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { executeQueryPlan } from '@apollo/gateway';
import { MENDS } from './exceptions.ts';

const require = createRequire(import.meta.url);
const ROOT = dirname(require.resolve('@apollo/gateway'));

/**
 * `executeQueryPlan` of `@apollo/gateway` as it would be without the faults that `exceptions.ts` lists. It is loaded
 * from the same files, changed at those places and nowhere else.
 *
 * @throws Error where a place is not found exactly once: then another version must be looked at anew
 */
export function loadMendedReference(): typeof executeQueryPlan {
  const { executeQueryPlan: mended } = load('executeQueryPlan.js');
  return mended as typeof executeQueryPlan;
}

function load(file: string): Record<string, unknown> {
  const path = join(ROOT, file);
  const source = MENDS.filter((mend) => mend.file === file)
    .flatMap(({ changes }) => changes)
    .reduce(changed, readFileSync(path, 'utf8'));
  const exports: Record<string, unknown> = {};
  const own = createRequire(path);
  const requireFrom = (name: string): unknown => {
    const target = `${name.slice('./'.length)}.js`;
    return MENDS.some((mend) => mend.file === target) ? load(target) : (own(name) as unknown);
  };
  const body = compileFunction(source, ['exports', 'require'], { filename: path }) as (
    exports: Record<string, unknown>,
    require: (name: string) => unknown,
  ) => void;
  body(exports, requireFrom);
  return exports;
}

function changed(source: string, [from, to]: readonly [string, string]): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(
      `"${from}" stands ${parts.length - 1} times in the reference: it has changed, so see whether the mend is still needed.`,
    );
  }
  return parts.join(to);
}
