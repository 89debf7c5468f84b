import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CostLimits } from '../config.ts';
import { operationRefusal } from '../refusals.ts';
import { readCostDirectives } from './cost-directives.ts';
import { evaluate, type Formula, type Variables } from './cost-formula.ts';
import { operationCost, type CostModel } from './operation-cost.ts';

/** Refuses operations that cost too much. */
export interface CostLimit {
  /** Takes up the costs of a supergraph. */
  read(schema: GraphQLSchema, supergraphSdl: string | undefined): void;
  /**
   * @param schema what the operation was validated against
   * @returns why the operation is refused; null where it is not
   * @throws GraphQLError where an argument is missing that `@listSize` requires
   */
  exceeded(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): GraphQLError | null;
}

/** Counts the cost of each operation once, as a formula of its variables. */
export function costLimit({ most, listSize }: CostLimits): CostLimit {
  const models = new WeakMap<GraphQLSchema, CostModel>();
  // Apollo Server keeps a document for one schema only.
  const formulas = new WeakMap<OperationDefinitionNode, Formula>();
  return {
    read(schema, supergraphSdl) {
      if (most === 0) return;
      models.set(schema, { schema, directives: readCostDirectives(supergraphSdl ?? ''), listSize });
    },
    exceeded(schema, document, operation, variables) {
      const model = models.get(schema);
      if (!model) return null;
      let formula = formulas.get(operation);
      if (formula === undefined) {
        formula = operationCost(operation, document, model);
        formulas.set(operation, formula);
      }
      const cost = evaluate(formula, variables);
      if (cost <= most) return null;
      const message = `The operation costs ${Math.ceil(cost)}, and may cost ${most} at most: ask for shorter lists, or for less of each item.`;
      return operationRefusal('TOO_COSTLY', message, most, cost);
    },
  };
}
