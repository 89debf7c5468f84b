import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import type { Random } from './random.ts';

/** The variables of an operation that is being written. */
export interface Variables {
  readonly draw: Random;
  /** What the client sends. */
  readonly variables: Record<string, unknown>;
  /** As they are written at the head of the operation. */
  readonly definitions: string[];
}

/** Writes the arguments of a field, some as variables; nothing where none is given. */
export function writeArguments(writing: Variables, args: readonly GraphQLArgument[]): string {
  const { draw } = writing;
  const written = args.flatMap((arg) => {
    const needed = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!needed && draw.chance(0.3)) return [];
    const value = draw.chance(0.5) ? argumentVariable(writing, arg) : literal(draw, arg.type, 0);
    return [`${arg.name}: ${value}`];
  });
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

function argumentVariable(
  { draw, definitions, variables }: Variables,
  arg: GraphQLArgument,
): string {
  const name = `v${definitions.length}`;
  const nullable = !isNonNullType(arg.type);
  const defaulted = draw.chance(0.25) ? ` = ${literal(draw, getNullableType(arg.type), 0)}` : '';
  definitions.push(`$${name}: ${arg.type.toString()}${defaulted}`);
  const mayMiss = nullable || defaulted !== '';
  if (!mayMiss || draw.chance(0.7)) variables[name] = json(draw, arg.type, 0);
  return `$${name}`;
}

function literal(draw: Random, type: GraphQLInputType, depth: number): string {
  return print(json(draw, type, depth), type);
}

function print(value: unknown, type: GraphQLInputType): string {
  if (value === null) return 'null';
  const inner = getNullableType(type);
  if (isListType(inner)) {
    return Array.isArray(value)
      ? `[${value.map((item) => print(item, inner.ofType)).join(', ')}]`
      : print(value, inner.ofType);
  }
  if (isEnumType(inner)) return value as string;
  if (isInputObjectType(inner)) {
    const fields = Object.entries(value as object).map(([name, field]) => {
      const definition = inner.getFields()[name];
      return definition ? `${name}: ${print(field, definition.type)}` : '';
    });
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function json(draw: Random, type: GraphQLInputType, depth: number): unknown {
  if (!isNonNullType(type) && draw.chance(0.12)) return null;
  const inner = getNullableType(type);
  if (isListType(inner)) {
    if (draw.chance(0.15)) return json(draw, getNonNull(inner.ofType), depth);
    return Array.from({ length: draw.int(3) }, () => json(draw, inner.ofType, depth));
  }
  if (isEnumType(inner)) return draw.pick(inner.getValues()).name;
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields()).filter(
      ({ name }) => draw.chance(0.5) && (name !== 'deep' || depth < 2),
    );
    return Object.fromEntries(fields.map((f) => [f.name, json(draw, f.type, depth + 1)]));
  }
  const names: Record<string, () => unknown> = {
    Int: () => draw.int(4),
    Boolean: () => draw.chance(0.5),
    ID: () => (draw.chance(0.3) ? draw.int(9) : `id-${draw.int(5)}`),
  };
  return names[inner.name]?.() ?? draw.pick(['', 'a', 'quote " \\ \n', '\u2028 ü']);
}

function getNonNull(type: GraphQLInputType): GraphQLInputType {
  return getNullableType(type);
}
