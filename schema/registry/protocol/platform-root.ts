import type { Report } from '#schema/check/report.ts';
import type { Checks } from '../checks/run-check.ts';
import { knownGit, type GitContext } from '../git-context.ts';
import { parseGraphRef, printGraphRef, type GraphRef } from '../graph-ref.ts';
import { requireRight, type Caller } from '../keys/keys.ts';
import { checkUrl, type Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import type { Right } from '../tables.ts';
import {
  deleteSubgraph,
  publishSubgraph,
  tryDelete,
  type Changed,
} from '../versions/change-version.ts';
import { variantNames } from '../versions/versions.ts';
import { checkWorkflow, compositionError } from './check-workflow.ts';
import { graphOf, variantOf } from './platform-graph.ts';

/** What a request is answered with. */
export interface PlatformContext {
  readonly registry: Registry;
  readonly checks: Checks;
  /** Who asks. @throws RegistryError */
  readonly caller: () => Promise<Caller>;
}

/** The resolvers of `platform.graphql`: graphql-js calls the functions that it finds. */
export const platformRoot = {
  frontendUrlRoot: (_: unknown, { registry }: PlatformContext) => registry.url(),

  async me(_: unknown, { caller }: PlatformContext) {
    const { graph, name } = await caller();
    return { __typename: 'Graph', ...graphOf(graph), name };
  },

  /** Both `Query.graph` and `Mutation.graph`: each type has only its own fields. */
  async graph({ id }: { id: string }, context: PlatformContext) {
    await allow(context, 'read', id);
    const { registry, checks } = context;
    return {
      ...graphOf(id),
      async variants() {
        const names = await variantNames(registry.db, id);
        return names.map((name) => variantOf(registry, { graph: id, variant: name }));
      },
      variant: ({ name }: { name: string }) => variant(context, { graph: id, variant: name }),
      async checkWorkflow({ id: check }: { id: string }) {
        const found = await checks.ended(check);
        return found?.ref.graph === id ? checkWorkflow(found, checkUrl(registry, check)) : null;
      },
      publishSubgraph: (args: PublishArguments) => publish(context, id, args),
      removeImplementingServiceAndTriggerComposition: (args: RemoveArguments) =>
        remove(context, id, args),
    };
  },

  async variant({ ref }: { ref: string }, context: PlatformContext) {
    const parsed = parseGraphRef(ref);
    await allow(context, 'read', parsed.graph);
    return { __typename: 'GraphVariant', ...(await variant(context, parsed)) };
  },
};

/** @throws RegistryError where the caller may not, or there is no such graph */
async function allow(context: PlatformContext, right: Right, graph: string): Promise<Caller> {
  const caller = await context.caller();
  if (graph !== context.registry.graph || caller.graph !== graph) {
    throw new RegistryError(
      'UNKNOWN_REF',
      `There is no graph "${graph}" here: this registry holds ${context.registry.graph}.`,
    );
  }
  requireRight(caller, right);
  return caller;
}

async function variant(context: PlatformContext, ref: GraphRef) {
  const { registry, checks } = context;
  await requireVariant(registry, ref);
  return {
    ...variantOf(registry, ref),
    async submitSubgraphCheckAsync({ input }: { input: CheckInput }) {
      const { name } = await allow(context, 'check', ref.graph);
      const git = knownGit(input.gitContext);
      const request = { ref, subgraph: input.subgraphName, by: name, git };
      const id = await checks.begin(request, input.proposedSchema);
      return {
        __typename: 'CheckRequestSuccess',
        workflowID: id,
        targetURL: checkUrl(registry, id),
      };
    },
  };
}

async function requireVariant({ db }: Registry, ref: GraphRef): Promise<void> {
  const names = await variantNames(db, ref.graph);
  if (names.includes(ref.variant)) return;
  throw new RegistryError(
    'UNKNOWN_REF',
    `There is no variant ${printGraphRef(ref)} here: ${ref.graph} has ${names.join(', ')}.`,
  );
}

interface CheckInput {
  readonly subgraphName: string;
  readonly proposedSchema: string;
  readonly gitContext?: GitContext | null;
}

interface PublishArguments {
  readonly name: string;
  readonly url?: string | null;
  readonly activePartialSchema: { readonly sdl?: string | null };
  readonly graphVariant: string;
  readonly gitContext?: GitContext | null;
}

async function publish(context: PlatformContext, graph: string, args: PublishArguments) {
  const { registry } = context;
  const { name: by } = await allow(context, 'publish', graph);
  const ref = { graph, variant: args.graphVariant };
  await requireVariant(registry, ref);
  const { sdl } = args.activePartialSchema;
  if (!sdl) throw new RegistryError('BAD_INPUT', `The schema of ${args.name} is empty.`);
  const request = { ref, subgraph: args.name, by, git: knownGit(args.gitContext) };
  const changed = await publishSubgraph(registry, request, { sdl, url: args.url ?? null });
  return {
    compositionConfig: { schemaHash: changed.apiHash },
    errors: [],
    updatedGateway: changed.isSupergraphChanged,
    wasCreated: changed.wasCreated,
    wasUpdated: changed.wasUpdated,
    launchUrl: changed.reportUrl,
    launchCliCopy: launchText(registry, changed),
  };
}

function launchText({ delaySeconds }: Registry, { number, reportUrl }: Changed): string {
  if (reportUrl === null) return `Version ${number} stays.`;
  return `Version ${number}: gateways take it up within ${delaySeconds} s. Its check: ${reportUrl}`;
}

interface RemoveArguments {
  readonly name: string;
  readonly graphVariant: string;
  readonly dryRun: boolean;
}

async function remove(context: PlatformContext, graph: string, args: RemoveArguments) {
  const { registry } = context;
  const { name: by } = await allow(context, 'publish', graph);
  const ref = { graph, variant: args.graphVariant };
  await requireVariant(registry, ref);
  const request = { ref, subgraph: args.name, by, git: null };
  if (args.dryRun) {
    return { errors: errorsOf(await tryDelete(registry, request)), updatedGateway: false };
  }
  const { isSupergraphChanged } = await deleteSubgraph(registry, request);
  return { errors: [], updatedGateway: isSupergraphChanged };
}

function errorsOf({ findings }: Report) {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({ ...compositionError(finding), locations: [] }));
}
