import {
  getNamedType,
  GraphQLError,
  GraphQLInt,
  isCompositeType,
  isListType,
  isObjectType,
  getNullableType,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql';
import type { ListSize } from './cost-directives.ts';
import type { Formula, Variables } from './cost-formula.ts';
import { isConstant } from './values.ts';

/** Whether a value of the type is a list. */
export function returnsList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

const PAGING_ARGUMENTS = ['first', 'last'];
const CONNECTION_LISTS = ['nodes', 'edges'];

/**
 * What is taken of a field without `@listSize`: a connection, which has a list of `nodes` or `edges`, is as long as
 * its argument `first` or `last` says.
 */
export function connectionSize(field: GraphQLField<unknown, unknown>): ListSize | null {
  const slicing = field.args.filter(
    ({ name, type }) => PAGING_ARGUMENTS.includes(name) && getNullableType(type) === GraphQLInt,
  );
  const type = getNamedType(field.type);
  if (slicing.length === 0 || returnsList(field.type) || !isCompositeType(type)) return null;
  const fields = isObjectType(type) ? type.getFields() : {};
  const sized = CONNECTION_LISTS.filter((name) => fields[name] && returnsList(fields[name].type));
  if (sized.length === 0) return null;
  return {
    assumedSize: null,
    slicingArguments: slicing.map(({ name }) => [name]),
    sizedFields: sized.map((name) => [name]),
    requireOneSlicingArgument: false,
  };
}

/**
 * How long the list of a field becomes. A slicing argument that is a list itself counts by its length.
 *
 * @param coordinate `Type.field`, for the error
 * @param otherwise the length where nothing is said
 * @throws GraphQLError where exactly one slicing argument is required, and there is none or several; the formula
 *   throws it where that depends on variables
 */
export function expectedSize(
  coordinate: string,
  size: ListSize,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  otherwise: number,
): Formula {
  const arguments_ = size.slicingArguments.map(([name = '', ...path]) => ({
    given: node.arguments?.find((argument) => argument.name.value === name)?.value,
    byDefault: field.args.find((argument) => argument.name === name)?.defaultValue,
    path,
  }));
  const read = (variables: Variables): number => {
    const sizes = arguments_
      .map(({ given, byDefault, path }) => sizeOf(valueOf(given, byDefault, variables), path))
      .filter((found) => found !== null);
    if (size.requireOneSlicingArgument && arguments_.length > 0 && sizes.length !== 1) {
      throw oneArgumentNeeded(coordinate, size, sizes.length);
    }
    return sizes.length > 0 ? Math.max(0, ...sizes) : (size.assumedSize ?? otherwise);
  };
  const isKnown = arguments_.every(({ given }) => given === undefined || isConstant(given));
  return isKnown ? read({}) : read;
}

/** The value of an argument. A variable that was not given leaves the argument out. */
function valueOf(given: ValueNode | undefined, byDefault: unknown, variables: Variables): unknown {
  const value = given && valueFromASTUntyped(given, variables);
  return value === undefined ? byDefault : value;
}

function sizeOf(value: unknown, path: readonly string[]): number | null {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return null;
    found = (found as Record<string, unknown>)[name];
  }
  if (Array.isArray(found)) return found.length;
  return typeof found === 'number' ? found : null;
}

function oneArgumentNeeded(coordinate: string, size: ListSize, found: number): GraphQLError {
  const names = size.slicingArguments.map((path) => path.join('.')).join(', ');
  return new GraphQLError(
    `"${coordinate}" needs exactly one argument that says how much to list, of ${names}: it has ${found}.`,
    {
      extensions: {
        code: 'SLICING_ARGUMENT_REQUIRED',
        limit: 1,
        actual: found,
        http: { status: 400 },
      },
    },
  );
}
