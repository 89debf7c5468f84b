import {
  isIntrospectionType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { compare } from '#schema/compare.ts';
import { change, type Change } from './change.ts';
import { diffDirectives } from './diff-directives.ts';
import { diffType, kindOf } from './diff-types.ts';
import { positionsOf, type Positions } from './positions.ts';

/**
 * The difference of two schemas that clients see, the most critical changes first, equal ones by path. Pure: the
 * order of types and fields does not matter, so that only what changes for a client is told.
 */
export function diffSchemas(base: GraphQLSchema, head: GraphQLSchema): Change[] {
  const [before, after] = [positionsOf(base), positionsOf(head)];
  // What was only sent and is now given, or the other way round, counts as both.
  const positions: Positions = {
    input: before.input.union(after.input),
    output: before.output.union(after.output),
  };
  const roots = diffRoots(base, head, positions);
  const renamed = rootNames(base).symmetricDifference(rootNames(head));
  const changes = [
    ...roots,
    ...diffTypeMaps(base, head, { before, positions, renamed }),
    ...diffDirectives(base.getDirectives(), head.getDirectives()),
  ];
  return changes.sort(byImportance);
}

const ORDER = ['breaking', 'dangerous', 'safe'] as const;

function byImportance(a: Change, b: Change): number {
  return (
    ORDER.indexOf(a.criticality) - ORDER.indexOf(b.criticality) ||
    compare(a.path, b.path) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

function ownTypes(schema: GraphQLSchema): Map<string, GraphQLNamedType> {
  const types = Object.values(schema.getTypeMap());
  return new Map(
    types
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
      .map((type) => [type.name, type]),
  );
}

interface TypeContext {
  /** Where the types of the base are used. */
  readonly before: Positions;
  readonly positions: Positions;
  /** Names of root types that other changes tell of. */
  readonly renamed: ReadonlySet<string>;
}

function diffTypeMaps(
  base: GraphQLSchema,
  head: GraphQLSchema,
  { before, positions, renamed }: TypeContext,
): Change[] {
  const [old, now] = [ownTypes(base), ownTypes(head)];
  const isReachable = (name: string): boolean => before.input.has(name) || before.output.has(name);
  const gone = [...old.values()].filter(({ name }) => !now.has(name) && !renamed.has(name));
  const come = [...now.values()].filter(({ name }) => !old.has(name) && !renamed.has(name));
  return [
    ...gone.map((type) =>
      change(
        isReachable(type.name) ? 'type-removed' : 'unreachable-type-removed',
        type.name,
        `The ${kindOf(type)} \`${type.name}\` is removed.`,
      ),
    ),
    ...come.map((type) =>
      change('type-added', type.name, `The ${kindOf(type)} \`${type.name}\` is added.`),
    ),
    ...[...old.values()].flatMap((type) => {
      const other = now.get(type.name);
      return other ? diffType(type, other, positions) : [];
    }),
  ];
}

function rootNames(schema: GraphQLSchema): Set<string> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return new Set(roots.flatMap((root) => (root ? [root.name] : [])));
}

function diffRoots(base: GraphQLSchema, head: GraphQLSchema, positions: Positions): Change[] {
  const roots = [
    ['query', base.getQueryType(), head.getQueryType()],
    ['mutation', base.getMutationType(), head.getMutationType()],
    ['subscription', base.getSubscriptionType(), head.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, before, after]) => {
    if (before?.name === after?.name) return [];
    if (!after) {
      const path = before?.name ?? kind;
      return [change('root-operation-removed', path, `There is no ${kind} any more.`)];
    }
    if (!before) {
      return [change('root-operation-added', after.name, `There is a ${kind} now.`)];
    }
    const message = `The type of ${kind} is called \`${after.name}\` now, not \`${before.name}\`.`;
    return [
      change('root-type-renamed', before.name, message),
      // Most operations never name it: for them its fields are what counts.
      ...diffType(before, after, positions),
    ];
  });
}
