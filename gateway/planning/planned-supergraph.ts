import { createHash } from 'node:crypto';
import {
  joinIdentity,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
  type Schema,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { assertValidSchema, parse, print } from 'graphql';
import { decideWhenRead, READ_CONDITIONS } from './label-conditions.ts';
import type { PlanText, SupergraphParts } from './messages.ts';

/** A supergraph within the planning worker. */
export interface PlannedSupergraph {
  readonly parts: SupergraphParts;
  /** @param isOn is asked once for each label that the plan depends on @throws what the planner and `isOn` throw */
  plan(text: string, operationName: string | null, isOn: (label: string) => boolean): PlanText;
}

/**
 * The most alternatives that are weighed for one operation. Beyond it the planner takes the best of fewer:
 * still a right plan. Its own default of 10,000 can take seconds.
 */
const MAX_EVALUATED_PLANS = 1_000;

/** Builds a supergraph and its planner. @throws where the text is no supergraph that this gateway can serve */
export function buildSupergraph(sdl: string): PlannedSupergraph {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: true,
  });
  const apiSchema = supergraph.apiSchema();
  // The main worker takes the schema without looking, so that nothing holds it up.
  assertValidSchema(apiSchema.toGraphQLJSSchema());
  const planner = new QueryPlanner(supergraph, {
    debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS },
  });
  let states = new Map<string, boolean>();
  let decide: (label: string) => boolean = () => false;
  decideWhenRead(planner, (label) => {
    const known = states.get(label);
    if (known !== undefined) return known;
    const isOn = decide(label);
    states.set(label, isOn);
    return isOn;
  });
  return {
    parts: {
      apiSdl: print(apiSchema.toAST()),
      subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
      labels: overrideLabels(supergraph.schema),
    },
    plan(text, operationName, isOn) {
      states = new Map();
      decide = isOn;
      const operation = operationFromDocument(apiSchema, parse(text, { noLocation: true }), {
        operationName: operationName ?? undefined,
      });
      const plan = planner.buildQueryPlan(operation, {
        overrideConditions: READ_CONDITIONS as Map<string, boolean>,
      });
      const json = JSON.stringify(plan);
      return { json, digest: createHash('sha256').update(json).digest('base64') };
    },
  };
}

/**
 * The labels of the `@override` directives of a supergraph. The directive that carries them is found by the
 * specification that it belongs to, not by its usual name `join__field`.
 */
function overrideLabels(supergraph: Schema): readonly string[] {
  const name = supergraph.coreFeatures?.getByIdentity(joinIdentity)?.directiveNameInSchema('field');
  const applications = [...(supergraph.directive(name ?? 'join__field')?.applications() ?? [])];
  const labels = applications
    .map((application) => application.arguments()['overrideLabel'] as unknown)
    .filter((label) => typeof label === 'string');
  return [...new Set(labels)].sort();
}
