import { transaction } from '#platform/database/transaction.ts';
import { readSubgraphs, textOf } from '#schema/compose/subgraphs.ts';
import { printGraphRef, type GraphRef } from '../graph-ref.ts';
import type { Registry } from '../registry.ts';
import { ensureVariant, insertVersion, lockVariant, newestNumber } from './versions.ts';

/**
 * Fills an empty registry with the subgraphs of the repository. Where they do not compose it stays empty, and says so: the
 * registry must not keep anything else from starting.
 *
 * @param file a `supergraph.yaml`
 * @returns what to say aloud; null where it was filled already
 */
export async function seed(
  registry: Registry,
  ref: GraphRef,
  file: string,
): Promise<string | null> {
  const { db, judge, log } = registry;
  await ensureVariant(db, ref);
  if (await newestNumber(db, ref)) return null;
  try {
    const subgraphs = (await readSubgraphs(file)).map((subgraph) => ({
      name: subgraph.name,
      url: subgraph.url,
      sdl: textOf(subgraph),
    }));
    const { composed, report } = await judge.judge(() => ({
      subgraphs,
      base: null,
      isTrusted: true,
    }));
    if (!composed) throw new Error(report.findings[0]?.message ?? 'they do not compose');
    const updatedAt = new Date();
    const content = { composed, subgraphs: subgraphs.map((one) => ({ ...one, updatedAt })) };
    const note = {
      kind: 'seed',
      subgraph: null,
      rolledBackTo: null,
      by: 'seed',
      git: null,
    } as const;
    const number = await transaction(db, async (tx) => {
      await lockVariant(tx, ref);
      return insertVersion(tx, ref, 0, content, note);
    });
    if (number === null) return null;
    return `${printGraphRef(ref)} was empty: version 1 has the ${subgraphs.length} subgraphs of ${file}`;
  } catch (error) {
    log.warn(
      { err: error },
      `${printGraphRef(ref)} stays empty: the subgraphs of ${file} cannot be taken`,
    );
    return null;
  }
}
