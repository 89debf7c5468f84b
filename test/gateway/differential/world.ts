import {
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { GraphModel } from './graph-generator.ts';
import { stableJson } from './outcome.ts';
import { hashOf } from './random.ts';

/** An object of the world: equal type and number, equal fields, whichever subgraph is asked. */
export interface WorldNode {
  readonly type: string;
  readonly id: number;
  /** What a subgraph was told about an entity. */
  readonly reference?: Readonly<Record<string, unknown>>;
}

/** What is true about every object, in all subgraphs alike. */
export interface World {
  /** The value of a field: nodes for objects, JSON for leaves. */
  value(
    subgraph: string,
    node: WorldNode,
    args: Readonly<Record<string, unknown>>,
    info: Pick<GraphQLResolveInfo, 'fieldName' | 'parentType' | 'returnType' | 'schema'>,
  ): unknown;
  /** The entity that a representation means; null: none. */
  entity(reference: Readonly<Record<string, unknown>>): WorldNode | null;
  /** The object type of a node in a schema. */
  typeName(node: WorldNode, schema: GraphQLSchema): string;
}

/** How many entities there are of a type. Few, so that the same one is met often. */
const ENTITIES = 6;
/** In percent. */
const SHARE_OF_NULLS = 9;

/**
 * The world of a graph as a seed makes it.
 *
 * @param possible the types that all subgraphs know, by the abstract types that they belong to
 */
export function createWorld(
  model: GraphModel,
  possible: ReadonlyMap<string, readonly string[]>,
  seed: number,
): World {
  const objectOf = (type: string, draw: number, schema: GraphQLSchema): WorldNode => {
    const kind = schema.getType(type);
    if (isUnionType(kind) || (isInterfaceType(kind) && !model.spaces.has(type))) {
      const candidates = possible.get(type) ?? [];
      return objectOf(candidates[draw % candidates.length] ?? type, hashOf(draw, 'as'), schema);
    }
    const space = model.spaces.get(type);
    if (space === undefined) return { type, id: draw };
    const implementations = model.implementations.get(space);
    if (!implementations || type === space) return { type, id: draw % ENTITIES };
    const id = draw % ENTITIES;
    return { type, id: id - (id % implementations.length) + implementations.indexOf(type) };
  };

  const make = (
    type: GraphQLOutputType,
    key: string,
    schema: GraphQLSchema,
    mayBeNull: boolean,
  ): unknown => {
    if (isNonNullType(type)) return make(type.ofType, key, schema, false);
    const draw = hashOf(seed, key);
    if (mayBeNull && draw % 100 < SHARE_OF_NULLS) return null;
    if (isListType(type)) {
      const length = [0, 1, 2, 2, 2, 3][hashOf(draw, 'length') % 6] ?? 0;
      return Array.from({ length }, (_, index) =>
        make(type.ofType, `${key}/${index}`, schema, true),
      );
    }
    if (isScalarType(type)) return scalar(type.name, hashOf(draw, 'leaf'));
    if (isEnumType(type)) {
      const values = type.getValues();
      return values[hashOf(draw, 'leaf') % values.length]?.value;
    }
    return objectOf(type.name, hashOf(draw, 'object'), schema);
  };

  return {
    value(subgraph, node, args, { fieldName, parentType, returnType, schema }) {
      const key = keyValue(node, fieldName);
      if (key !== undefined) return key;
      const needed = model.requires.get(`${subgraph} ${parentType.name}.${fieldName}`) ?? [];
      const given = needed.map((name) => stableJson(node.reference?.[name]));
      const space = model.spaces.get(node.type) ?? node.type;
      const identity = [space, node.id, fieldName, stableJson(args), ...given].join(' ');
      const coordinates = [node.type, parentType.name].map((type) => `${type}.${fieldName}`);
      const mayBeNull = !coordinates.some((coordinate) => model.neverNull.has(coordinate));
      return make(returnType, identity, schema, mayBeNull);
    },
    entity(reference) {
      const type = String(reference['__typename']);
      const id = entityNumber(reference);
      if (!model.spaces.has(type) || id === undefined || id >= ENTITIES) return null;
      return { type, id, reference };
    },
    typeName(node, schema) {
      if (isObjectType(schema.getType(node.type))) return node.type;
      const implementations = model.implementations.get(node.type) ?? [];
      return implementations[node.id % implementations.length] ?? node.type;
    },
  };
}

/** The fields that name an entity: each says its number. */
function keyValue(node: WorldNode, field: string): unknown {
  switch (field) {
    case 'id':
      return `id-${node.id}`;
    case 'sku':
      return `sku-${node.id}`;
    case 'partA':
      return node.id;
    case 'partB':
      return `b-${node.id}`;
    case 'ref':
      return { type: 'Ref', id: node.id };
    case 'code':
      return `code-${node.id}`;
    default:
      return undefined;
  }
}

function entityNumber(reference: Readonly<Record<string, unknown>>): number | undefined {
  const ref = reference['ref'] as { code?: unknown } | null | undefined;
  const key = reference['id'] ?? reference['sku'] ?? reference['partA'] ?? ref?.code;
  const digits = /\d+$/.exec(typeof key === 'string' || typeof key === 'number' ? `${key}` : '');
  return digits ? Number(digits[0]) : undefined;
}

function scalar(type: string, draw: number): unknown {
  switch (type) {
    case 'Int':
      return (draw % 2001) - 1000;
    case 'Float':
      return (draw % 10_000) / 8;
    case 'Boolean':
      return draw % 2 === 0;
    case 'ID':
      return `${draw % 1000}`;
    case 'Stuff':
      return [
        { some: 'thing', deep: [draw % 7, null] },
        [draw % 5, 'x'],
        `stuff "${draw % 9}"`,
        draw % 100,
      ][draw % 4];
    default:
      return ['', 'plain', 'quote " and \\ and \n', 'ünïcödé 😀 \u2028', `text ${draw % 50}`][
        draw % 5
      ];
  }
}

/** For each abstract type the object types that it has in every subgraph that knows it. */
export function commonTypes(schemas: readonly GraphQLSchema[]): Map<string, readonly string[]> {
  const common = new Map<string, readonly string[]>();
  for (const schema of schemas) {
    for (const type of Object.values(schema.getTypeMap()).filter(isAbstractType)) {
      const names = schema.getPossibleTypes(type).map(({ name }) => name);
      const known = common.get(type.name) ?? names;
      common.set(type.name, known.filter((name) => names.includes(name)).sort());
    }
  }
  return common;
}
