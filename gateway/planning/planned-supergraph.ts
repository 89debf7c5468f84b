import { createHash } from 'node:crypto';
import {
  joinIdentity,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
  type FieldDefinition,
  type ObjectType,
  type Schema,
} from '@apollo/federation-internals';
import { assertValidSchema, parse, print } from 'graphql';
import { labelPlanner } from '#schema/moves/label-planner.ts';
import type { PlanText, SupergraphParts } from './messages.ts';

/** A supergraph within the planning worker. */
export interface PlannedSupergraph {
  readonly parts: SupergraphParts;
  /** @param isOn is asked once for each label that the plan depends on @throws what the planner and `isOn` throw */
  plan(text: string, operationName: string | null, isOn: (label: string) => boolean): PlanText;
}

/** Builds a supergraph and its planner. @throws where the text is no supergraph that this gateway can serve */
export function buildSupergraph(sdl: string): PlannedSupergraph {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: true,
  });
  refuseUnknownNeeds(supergraph.schema);
  const apiSchema = supergraph.apiSchema();
  // The main worker takes the schema without looking, so that nothing holds it up.
  assertValidSchema(apiSchema.toGraphQLJSSchema());
  const planner = labelPlanner(supergraph);
  return {
    parts: {
      apiSdl: print(apiSchema.toAST()),
      subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
      labels: overrideLabels(supergraph.schema),
    },
    plan(text, operationName, isOn) {
      const operation = operationFromDocument(apiSchema, parse(text, { noLocation: true }), {
        operationName: operationName ?? undefined,
      });
      const json = JSON.stringify(planner.plan(operation, isOn));
      return { json, digest: createHash('sha256').update(json).digest('base64') };
    },
  };
}

/** What has no subgraph that answers GraphQL: a router makes the requests itself. */
const CONNECTORS = 'https://specs.apollo.dev/connect';

/**
 * Refuses what plans could be made for, and not be executed: said now, and not to the first client who asks for it.
 *
 * @throws Error that names the first such thing
 */
function refuseUnknownNeeds(supergraph: Schema): void {
  if (supergraph.coreFeatures?.getByIdentity(CONNECTORS)) {
    throw new Error(
      'it has subgraphs made of connectors (@connect), which only a router can ask: serve them as GraphQL.',
    );
  }
  for (const application of joinedFields(supergraph)) {
    const given = (application.arguments()['contextArguments'] ?? []) as readonly {
      name: string;
    }[];
    if (given[0] === undefined) continue;
    const { coordinate } = application.parent as FieldDefinition<ObjectType>;
    throw new Error(
      `${coordinate}(${given[0].name}:) takes its value from a context ` +
        '(@fromContext), which this gateway does not pass on: let clients give it, or use @requires.',
    );
  }
}

/** The labels of the `@override` directives of a supergraph. */
function overrideLabels(supergraph: Schema): readonly string[] {
  const labels = joinedFields(supergraph)
    .map((application) => application.arguments()['overrideLabel'] as unknown)
    .filter((label) => typeof label === 'string');
  return [...new Set(labels)].sort();
}

/**
 * How the fields of a supergraph belong to subgraphs. The directive that says so is found by the specification that it
 * belongs to, not by its usual name `join__field`.
 */
function joinedFields(supergraph: Schema) {
  const name = supergraph.coreFeatures?.getByIdentity(joinIdentity)?.directiveNameInSchema('field');
  return [...(supergraph.directive(name ?? 'join__field')?.applications() ?? [])];
}
