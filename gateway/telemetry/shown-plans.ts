import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GatewayContext } from '../execute-operation.ts';
import type { ShownPlan } from './request-record.ts';

/** `internal` asks for the plan as data. */
const FORMAT_HEADER = 'apollo-query-plan-experimental-format';

/**
 * Shows the query plan to requests that ask for it with `apollo-query-plan-experimental`, where `@apollo/gateway` does:
 * in `extensions.__queryPlanExperimental`. The states of the labels that each plan was made for stand in
 * `extensions.labelStates`, in the order of the plans: a mutation has one for each root field, or more where a field
 * was planned again.
 */
export function shownPlans(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    async willSendResponse({ request, contextValue: { record }, response: { body } }) {
      if (!record.plans || record.plans.length === 0 || body.kind !== 'single') return;
      const isData = request.http?.headers.get(FORMAT_HEADER) === 'internal';
      body.singleResult.extensions = {
        ...body.singleResult.extensions,
        __queryPlanExperimental: await shown(joined(record.plans), isData),
        labelStates: record.plans.map(({ states }) => Object.fromEntries(states)),
      };
    },
  };
  return { requestDidStart: async () => listener };
}

/** Several plans as one: they ran one after the other. */
function joined(plans: readonly ShownPlan[]): QueryPlan {
  const nodes = plans.map(({ plan }) => plan).filter((plan) => plan !== undefined);
  const [only, ...others] = nodes;
  if (!only) return { kind: 'QueryPlan' };
  const node: PlanNode = others.length === 0 ? only : { kind: 'Sequence', nodes };
  return { kind: 'QueryPlan', node };
}

/** `true` stands for a plan that fetches nothing, as `@apollo/gateway` has it. */
async function shown(plan: QueryPlan, isData: boolean): Promise<unknown> {
  if (isData) return plan;
  if (!plan.node) return true;
  // The planner lives in a worker; here it is loaded only where somebody looks.
  const { prettyFormatQueryPlan } = await import('@apollo/query-planner');
  return prettyFormatQueryPlan(plan);
}
