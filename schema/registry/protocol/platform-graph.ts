import { printGraphRef, type GraphRef } from '../graph-ref.ts';
import type { Registry } from '../registry.ts';
import { readVersion, type StoredSubgraph, type Version } from '../versions/versions.ts';

/** A graph, as an identity: the key of a graph speaks for it. */
export function graphOf(id: string) {
  return { id, name: id, title: id, asActor: { actorId: id, type: 'GRAPH' } };
}

/** A variant with what is served, which is read once, when it is asked for. */
export function variantOf(registry: Registry, ref: GraphRef) {
  let version: Promise<Version | null> | undefined;
  const served = () => (version ??= readVersion(registry.db, ref));
  const latestLaunch = async () => launchOf(await served());
  return {
    id: printGraphRef(ref),
    name: ref.variant,
    subgraphs: async () => (await served())?.subgraphs.map(subgraphOf) ?? [],
    async subgraph({ name }: { name: string }) {
      const found = (await served())?.subgraphs.find((one) => one.name === name);
      return found ? subgraphOf(found) : null;
    },
    async latestPublication() {
      const now = await served();
      return now && { schema: { document: now.composed.api } };
    },
    latestLaunch,
    latestApprovedLaunch: latestLaunch,
    sourceVariant: null,
  };
}

function subgraphOf({ name, url, sdl, updatedAt }: StoredSubgraph) {
  return { name, url, updatedAt: updatedAt.toISOString(), activePartialSchema: { sdl } };
}

/** The version of federation that is composed for, as Rover's `supergraph compose` takes it. */
const FEDERATION_VERSION = '2.9.3';

function launchOf(version: Version | null) {
  return (
    version && {
      id: String(version.number),
      build: {
        result: {
          __typename: 'BuildSuccess',
          coreSchema: { coreDocument: version.composed.supergraph },
        },
      },
      buildInput: { __typename: 'CompositionBuildInput', version: FEDERATION_VERSION },
    }
  );
}
