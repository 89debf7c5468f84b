import {
  getNamedType,
  isInputObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import type { Formula, Variables } from './cost-formula.ts';
import { isConstant } from './values.ts';

/** The weight that a supergraph gives to a coordinate or else to a type; undefined where it says nothing. */
export type WeightOf = (coordinate: string, type: string) => number | undefined;

/**
 * What the arguments of a field cost, as Apollo Router counts: an input object 1, every other value nothing, each its
 * `@cost` where it has one; a list and an object what is in them, too.
 *
 * @param coordinate `Type.field`
 */
export function argumentCosts(
  coordinate: string,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  weightOf: WeightOf,
): Formula[] {
  return (node.arguments ?? []).map(({ name, value }): Formula => {
    const argument = field.args.find((candidate) => candidate.name === name.value);
    if (!argument) return 0;
    const own = `${coordinate}(${name.value}:)`;
    const weight = weightOf(own, getNamedType(argument.type).name);
    if (weight === undefined && !isInputObjectType(getNamedType(argument.type))) return 0;
    const cost = (variables: Variables): number =>
      valueCost(valueFromASTUntyped(value, variables), own, argument.type, weightOf);
    return isConstant(value) ? cost({}) : cost;
  });
}

function valueCost(
  value: unknown,
  coordinate: string,
  type: GraphQLInputType,
  weightOf: WeightOf,
): number {
  if (value === null || value === undefined) return 0;
  const named = getNamedType(type);
  const weight = weightOf(coordinate, named.name);
  if (Array.isArray(value)) {
    return value.reduce<number>(
      (total, item) => total + valueCost(item, coordinate, type, weightOf),
      weight ?? 0,
    );
  }
  if (!isInputObjectType(named) || typeof value !== 'object') return weight ?? 0;
  const fields = named.getFields();
  let total = weight ?? 1;
  for (const [name, inner] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field) total += valueCost(inner, `${named.name}.${name}`, field.type, weightOf);
  }
  return total;
}
