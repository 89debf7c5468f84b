import type { Finding } from '#schema/finding.ts';
import { CompositionError, compose, type Composition } from './compose.ts';
import { composeContract, type Contract } from './contracts.ts';
import { NO_OPINION, disagreements } from './disagreements.ts';
import { opinionsOn } from './opinions.ts';
import type { SecondOpinion } from './second-opinion.ts';
import type { Subgraph } from './subgraphs.ts';

/** The graph of a set of subgraphs, with its contracts. */
export interface ComposedGraph {
  readonly composition: Composition;
  /** By name. */
  readonly contracts: ReadonlyMap<string, Composition>;
}

/** A graph, or why there is none. */
export interface ComposeResult {
  /** null where a finding is an error. */
  readonly graph: ComposedGraph | null;
  readonly findings: readonly Finding[];
}

/**
 * Composes subgraphs and their contracts.
 *
 * @param withSecondOpinion whether Apollo's composition has to agree: on what composes, and on the schemas that
 *   clients see. Its hints are findings as well
 */
export async function composeGraph(
  subgraphs: readonly Subgraph[],
  contracts: readonly Contract[],
  withSecondOpinion: boolean,
): Promise<ComposeResult> {
  // Asked first: a large graph is composed by both at the same time.
  const asked = withSecondOpinion ? opinionsOn(subgraphs, contracts) : null;
  const [composition, problems] = attempt(() => compose(subgraphs));
  const parts = composition
    ? contracts.map((contract) => attempt(() => composeContract(subgraphs, contract)))
    : [];
  const opinions = await asked;
  const refusals = agreed(problems, opinions?.graph.findings ?? null);
  if (composition === null || refusals.some(isError)) return { graph: null, findings: refusals };

  const findings: Finding[] = [
    ...refusals,
    ...differences(composition, opinions?.graph, 'the API schema'),
  ];
  const composed = new Map<string, Composition>();
  for (const [index, { name }] of contracts.entries()) {
    const [part, faults] = parts[index] ?? [null, []];
    const other = opinions?.contracts[index];
    const surface = `the contract ${name}`;
    findings.push(
      ...agreed(faults, other?.findings ?? null).map((fault) => ({
        ...fault,
        message: `In ${surface}: ${fault.message}`,
      })),
    );
    if (!part) continue;
    composed.set(name, part);
    findings.push(...differences(part, other, surface));
  }
  const graph = findings.some(isError) ? null : { composition, contracts: composed };
  return { graph, findings };
}

function differences(
  { schema }: Composition,
  opinion: SecondOpinion | undefined,
  surface: string,
): Finding[] {
  return opinion?.schema ? disagreements(schema, opinion.schema, surface) : [];
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function attempt(work: () => Composition): [Composition | null, readonly Finding[]] {
  try {
    return [work(), []];
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    return [null, error.problems];
  }
}

/** What both composers find once, in the words of the second, which knows the place; and who stands alone. */
function agreed(first: readonly Finding[], second: readonly Finding[] | null): Finding[] {
  if (second === null) return [...first];
  const [none] = second.filter(({ rule }) => rule === NO_OPINION);
  if (none) return [...first, first.some(isError) ? { ...none, severity: 'info' } : none];
  const key = ({ rule, path, subgraph }: Finding): string => `${rule} ${path ?? subgraph ?? ''}`;
  const known = new Set(second.map(key));
  const both = new Set(first.map(key));
  const refused = second.some(isError);
  const only = first.filter((finding) => !known.has(key(finding)));
  return [
    ...second.map((finding) =>
      isError(finding) && !both.has(key(finding)) && first.length === 0
        ? { ...finding, message: `${finding.message} (Only Apollo's composition refuses it.)` }
        : finding,
    ),
    // Where both refuse, the first may name another consequence of the same fault: the second is enough.
    ...(refused
      ? []
      : only.map((finding) => ({
          ...finding,
          message: `${finding.message} (Apollo's composition accepts it.)`,
        }))),
  ];
}
