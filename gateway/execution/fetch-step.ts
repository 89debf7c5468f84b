import type { FetchDataRewrite, PlanNode } from '@apollo/query-planner';
import { OperationTypeNode, type GraphQLSchema, type VariableDefinitionNode } from 'graphql';
import { separateVariables } from './client-variables.ts';
import type { Condition } from './conditions.ts';
import { readFetch, selectionText, type FetchDocument } from './fetch-document.ts';
import { joinedGroups } from './joined-fetches.ts';
import { planFetches, type PlannedFetch } from './plan-fetches.ts';
import { representationWriter, type RepresentationWriter } from './representation-writer.ts';
import {
  joinedRequest,
  singleRequest,
  type JoinableFetch,
  type RequestText,
} from './request-text.ts';
import { targetPath, type TargetPath } from './targets.ts';

/** A fetch of the plan. */
export interface FetchPart {
  readonly path: TargetPath;
  /** Writes what is known of an entity; null: it fetches no entities. */
  readonly represent: RepresentationWriter | null;
  /** Others write into the objects that it brings, so targets with equal representations need their own. */
  readonly needsCopies: boolean;
}

/** Something that is selected once in a request, for all fetches that select the same. */
export interface FetchedSelection extends JoinableFetch {
  readonly parts: readonly FetchPart[];
  readonly outputRewrites: readonly FetchDataRewrite[];
}

/** A request to a subgraph, and what waits for it. */
export interface FetchStep {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation';
  readonly isPublic: boolean;
  readonly conditions: readonly Condition[];
  /** Where there are several, they are of entities. */
  readonly selections: readonly FetchedSelection[];
  /** How many steps must end before it begins. */
  readonly dependencies: number;
  /** The steps that wait for it, by their index. */
  readonly dependents: readonly number[];
  /** Its text with some of its selections, by the bits of their indices; made as they are needed. */
  readonly texts: Map<number, RequestText>;
}

/** A fetch of the plan, read. */
interface ReadFetch extends PlannedFetch {
  readonly document: FetchDocument;
}

/**
 * The steps of a plan.
 *
 * @param schema the supergraph's, with all types of all subgraphs
 * @param variables those that the client's operation defines
 */
export function compileSteps(
  schema: GraphQLSchema,
  plan: PlanNode | undefined,
  variables: readonly VariableDefinitionNode[],
): FetchStep[] {
  const fetches = planFetches(plan).map((fetch): ReadFetch => {
    const node = separateVariables(fetch.node, variables);
    return { ...fetch, node, document: readFetch(schema, node) };
  });
  const groups = joinedGroups(fetches);
  const stepOf = new Map(groups.flatMap((group, step) => group.map((index) => [index, step])));
  const awaited = groups.map(
    (group) =>
      new Set(
        group.flatMap((index) => fetches[index]?.after ?? []).map((index) => stepOf.get(index)),
      ),
  );
  const shared = pathsWrittenTwice(fetches);
  const writers = new Map<string, RepresentationWriter>();
  return groups.map((group, step) => {
    const members = group.map((index) => fetches[index] as ReadFetch);
    const { node, conditions } = members[0] as ReadFetch;
    return {
      subgraph: node.serviceName,
      kind: node.operationKind === OperationTypeNode.MUTATION ? 'mutation' : 'query',
      isPublic: members.every(({ document }) => document.isPublic),
      conditions,
      selections: selectionsOf(schema, members, shared, writers),
      dependencies: awaited[step]?.size ?? 0,
      dependents: groups.flatMap((_, other) => (awaited[other]?.has(step) ? [other] : [])),
      texts: new Map(),
    };
  });
}

/** The text of a request with some of the selections of a step. @param included the bits of their indices */
export function requestText(step: FetchStep, included: number): RequestText {
  const known = step.texts.get(included);
  if (known) return known;
  const selections = step.selections.filter((_, index) => included & (1 << index));
  const [first] = selections;
  const text = first && selections.length === 1 ? singleRequest(first) : joinedRequest(selections);
  step.texts.set(included, text);
  return text;
}

function selectionsOf(
  schema: GraphQLSchema,
  members: readonly ReadFetch[],
  shared: ReadonlySet<string>,
  writers: Map<string, RepresentationWriter>,
): FetchedSelection[] {
  const equal = Map.groupBy(members, ({ node, document }) =>
    JSON.stringify([selectionText(document), node.outputRewrites]),
  );
  return [...equal.values()].map((fetches) => {
    const { node, document } = fetches[0] as ReadFetch;
    // What one fetch shares with another may become different below each of their paths.
    const isCommon = fetches.length > 1 && document.written.size > 0;
    return {
      node,
      document,
      outputRewrites: node.outputRewrites ?? [],
      parts: fetches.map((fetch) => ({
        path: targetPath(fetch.path),
        represent: writerOf(schema, fetch, writers),
        needsCopies: isCommon || writtenPaths(fetch).some((written) => shared.has(written)),
      })),
    };
  });
}

/** The writer of what a fetch requires; the same for fetches that require the same. */
function writerOf(
  schema: GraphQLSchema,
  { node: { requires, inputRewrites = [] } }: PlannedFetch,
  writers: Map<string, RepresentationWriter>,
): RepresentationWriter | null {
  if (!requires) return null;
  const key = JSON.stringify([requires, inputRewrites]);
  const writer = writers.get(key) ?? representationWriter(schema, requires, inputRewrites);
  writers.set(key, writer);
  return writer;
}

function writtenPaths({ path, document }: ReadFetch): string[] {
  const target = path.filter((element) => element !== '@');
  return [...document.written].map((below) => [...target, below].join('.'));
}

function pathsWrittenTwice(fetches: readonly ReadFetch[]): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const path of fetches.flatMap(writtenPaths)) (once.has(path) ? twice : once).add(path);
  return twice;
}
