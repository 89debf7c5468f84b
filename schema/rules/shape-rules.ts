import { Kind, type FieldDefinitionNode, type TypeNode } from 'graphql';
import { positionsOf } from '#schema/changes/positions.ts';
import { isExtension, isType, type SchemaElement } from '#schema/compose/schema-elements.ts';
import { type LintContext } from './lint-context.ts';
import type { LintRule } from './lint-rule.ts';

/** How types and fields are built. */
export const SHAPE_RULES = {
  'connection-shape': {
    severity: 'error',
    reason: 'Clients page through every connection with the same code.',
    mend: 'Give it `edges: [XEdge!]!` and `pageInfo: PageInfo!`.',
    check: (element, context) => {
      if (!isObject(element) || !element.name.endsWith('Connection')) return null;
      const edge = `${element.name.slice(0, -'Connection'.length)}Edge`;
      const wrong = [
        ...missing(element, context, 'edges', (type) =>
          new RegExp(`^\\[${edge}!?\\]!?$`).test(type),
        ),
        ...missing(element, context, 'pageInfo', (type) => type === 'PageInfo!'),
      ];
      return wrong.length > 0
        ? `The connection \`${element.path}\` has no ${wrong.join(' and no ')}.`
        : null;
    },
  },
  'edge-shape': {
    severity: 'error',
    reason: 'Clients page through every connection with the same code.',
    mend: 'Give it `node` and `cursor: String!`.',
    check: (element, context) => {
      if (!isObject(element) || !element.name.endsWith('Edge')) return null;
      const wrong = [
        ...missing(element, context, 'node', (type) => !type.startsWith('[')),
        ...missing(element, context, 'cursor', (type) => /^(?:String|ID|Cursor)!$/.test(type)),
      ];
      return wrong.length > 0
        ? `The edge \`${element.path}\` has no ${wrong.join(' and no ')}.`
        : null;
    },
  },
  'connection-arguments': {
    severity: 'error',
    reason: 'A connection without a size gives as much as there is.',
    mend: 'Take `first` and `after`, or `last` and `before`.',
    check: ({ node, path }) => {
      if (node.kind !== Kind.FIELD_DEFINITION || !/Connection!?$/.test(typeText(node.type)))
        return null;
      const names = node.arguments?.map(({ name }) => name.value) ?? [];
      const pages =
        (names.includes('first') && names.includes('after')) ||
        (names.includes('last') && names.includes('before'));
      return pages ? null : `\`${path}\` gives a connection, and takes no \`first\` and \`after\`.`;
    },
  },
  'root-field-non-null': {
    severity: 'error',
    reason:
      'When its subgraph is away, a root field that cannot be null takes the whole answer with it.',
    mend: 'Make it nullable.',
    check: ({ node, path, holder }) =>
      node.kind === Kind.FIELD_DEFINITION &&
      ['Query', 'Mutation'].includes(holder) &&
      node.type.kind === Kind.NON_NULL_TYPE
        ? `The root field \`${path}\` cannot be null.`
        : null,
  },
  'list-item-nullable': {
    severity: 'warning',
    reason: 'Clients have to be ready for null in every item of the list.',
    mend: 'Write `[Item!]`.',
    check: ({ node, path }) =>
      (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION) &&
      hasNullableItem(node.type)
        ? `The items of \`${path}\` can be null.`
        : null,
  },
  'id-nullable': {
    severity: 'warning',
    reason: 'Caches of clients know an object by its id.',
    mend: 'Write `id: ID!`.',
    check: ({ node, path, name }) =>
      node.kind === Kind.FIELD_DEFINITION && name === 'id' && typeText(node.type) !== 'ID!'
        ? `\`${path}\` is \`${typeText(node.type)}\`, not \`ID!\`.`
        : null,
  },
  'mutation-input': {
    severity: 'warning',
    reason: 'One argument can grow without breaking a client, and is one variable to send.',
    mend: 'Take one argument `input` of an input type of its own.',
    check: ({ node, path, holder }) => {
      if (holder !== 'Mutation' || node.kind !== Kind.FIELD_DEFINITION) return null;
      const names = node.arguments?.map(({ name }) => name.value) ?? [];
      return names.length === 0 || (names.length === 1 && names[0] === 'input')
        ? null
        : `The mutation \`${path}\` takes ${names.map((name) => `\`${name}\``).join(', ')}.`;
    },
  },
  'mutation-result-scalar': {
    severity: 'warning',
    reason: 'A scalar cannot say why something was refused, and can never say more than today.',
    mend: 'Give an object, or a union of outcomes.',
    check: ({ node, path, holder }, { schema }) => {
      if (holder !== 'Mutation' || node.kind !== Kind.FIELD_DEFINITION) return null;
      const type = schema?.getType(typeText(node.type).replaceAll(/[[\]!]/g, ''));
      return type && 'serialize' in type ? `The mutation \`${path}\` gives a scalar.` : null;
    },
  },
  'type-unused': {
    severity: 'warning',
    reason: 'Nothing leads to it: it can be read, and never asked for.',
    mend: 'Take it out, or use it.',
    check: (element, context) => {
      if (!isType(element) || isExtension(element) || !context.schema?.getType(element.name))
        return null;
      const { input, output } = positions(context);
      return input.has(element.name) || output.has(element.name)
        ? null
        : `No field or argument leads to \`${element.path}\`.`;
    },
  },
  'scalar-unspecified': {
    severity: 'off',
    reason: 'Tools that know the format of a scalar can check it.',
    mend: 'Add @specifiedBy(url:).',
    check: ({ node, path, directives }) =>
      node.kind === Kind.SCALAR_TYPE_DEFINITION &&
      !directives.some(({ name }) => name === '@specifiedBy')
        ? `Nothing says how \`${path}\` is written.`
        : null,
  },
  'list-without-limit': {
    severity: 'off',
    reason: 'A list that grows with the data grows with every answer.',
    mend: 'Make it a connection, or take `first`.',
    check: ({ node, path, holder }) =>
      node.kind === Kind.FIELD_DEFINITION &&
      holder === 'Query' &&
      typeText(node.type).startsWith('[') &&
      !node.arguments?.some(({ name }) => name.value === 'first')
        ? `\`${path}\` gives a list of any length.`
        : null,
  },
} as const satisfies Record<string, LintRule>;

function isObject({ node }: SchemaElement): boolean {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION;
}

/** The fields, of those that a type should have, that none of the subgraphs gives it in the right form. */
function missing(
  { path }: SchemaElement,
  { at }: LintContext,
  field: string,
  isRight: (type: string) => boolean,
): string[] {
  const found = at(`${path}.${field}`).map(({ node }) =>
    typeText((node as FieldDefinitionNode).type),
  );
  if (found.some(isRight)) return [];
  return [found[0] === undefined ? `\`${field}\`` : `right \`${field}\` (it is \`${found[0]}\`)`];
}

function typeText(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return `${typeText(type.type)}!`;
  return type.kind === Kind.LIST_TYPE ? `[${typeText(type.type)}]` : type.name.value;
}

function hasNullableItem(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return hasNullableItem(type.type);
  if (type.kind !== Kind.LIST_TYPE) return false;
  return type.type.kind !== Kind.NON_NULL_TYPE || hasNullableItem(type.type);
}

const known = new WeakMap<object, ReturnType<typeof positionsOf>>();

function positions({ schema }: LintContext): ReturnType<typeof positionsOf> {
  if (!schema) return { input: new Set(), output: new Set() };
  const found = known.get(schema) ?? positionsOf(schema);
  known.set(schema, found);
  return found;
}
