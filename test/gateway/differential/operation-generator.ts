import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { writeArguments, type Variables } from './argument-generator.ts';
import { UNEVEN_FIELD } from './graph-dependencies.ts';
import type { Random } from './random.ts';

/** An operation and what a client sends with it. */
export interface Operation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Writing extends Variables {
  readonly schema: GraphQLSchema;
  readonly fragments: {
    readonly name: string;
    readonly type: GraphQLCompositeType;
    readonly text: string;
  }[];
  /** The arguments that a field was first written with, by its place: fields of one name must be asked for alike. */
  readonly calls: Map<string, string>;
  /** How many more fields may be written. */
  fields: number;
}

/** Where in the operation we are: how deep, and the response names that lead there. */
interface Place {
  readonly depth: number;
  readonly path: string;
}

/** Names that JavaScript objects have from their prototype, or that mean something to them. */
const SPECIAL_ALIASES = [
  'constructor',
  '__proto__',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'length',
  'then',
];
const ATTEMPTS = 12;
const MAX_DEPTH = 6;

/** Draws a valid operation on an API schema. */
export function generateOperation(schema: GraphQLSchema, draw: Random): Operation {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const operation = writeOperation(schema, draw);
    if (validate(schema, parse(operation.text)).length === 0) return operation;
  }
  return { text: '{ __typename }', variables: {} };
}

function writeOperation(schema: GraphQLSchema, draw: Random): Operation {
  const mutation = schema.getMutationType();
  const root = mutation && draw.chance(0.15) ? mutation : schema.getQueryType();
  const writing: Writing = {
    draw,
    schema,
    variables: {},
    definitions: [],
    fragments: [],
    calls: new Map(),
    fields: 4 + draw.int(26),
  };
  if (!root) throw new Error('The schema has no queries.');
  const selections = writeSelections(writing, root, { depth: 0, path: '' });
  const keyword = root === mutation ? 'mutation' : 'query';
  const variables = writing.definitions.length > 0 ? `(${writing.definitions.join(', ')})` : '';
  const fragments = writing.fragments.map(
    ({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`,
  );
  const name = draw.chance(0.6) ? ' Drawn' : variables && ' Drawn';
  return {
    text: [`${keyword}${name}${variables} ${selections}`, ...fragments].join('\n'),
    variables: writing.variables,
  };
}

function writeSelections(writing: Writing, type: GraphQLCompositeType, place: Place): string {
  const { depth } = place;
  const { draw } = writing;
  const written: string[] = [];
  const count = depth === 0 ? 1 + draw.int(4) : 1 + draw.int(5);
  for (let index = 0; index < count; index += 1) {
    const selection = writeSelection(writing, type, place);
    if (selection) written.push(selection);
  }
  if (isAbstractType(type) && draw.chance(0.35))
    written.push(...writeBranches(writing, type, place));
  // The same field once more, with other selections: both must be merged.
  const again = written.find((selection) => /^\w+ \{/.test(selection));
  if (again && draw.chance(0.25)) {
    const field = fieldsOf(type).find(({ name }) => again.startsWith(`${name} `));
    if (field) written.push(writeField(writing, type, field, place) ?? '');
  }
  const twin = written.find((selection) => /^\w+(\([^)]*\))? \{/.test(selection));
  if (twin && draw.chance(0.15)) written.push(`twin: ${otherwise(draw, twin)}`);
  const some = written.filter((selection) => selection !== '');
  return `{ ${(some.length > 0 ? some : ['__typename']).join(' ')} }`;
}

/** The same selection, asked for with other numbers: its objects are equal, what is below them is not. */
function otherwise(draw: Random, selection: string): string {
  return selection.replaceAll(/\bn: \d/g, () => `n: ${draw.int(4)}`);
}

/** The same response name in branches for several types, whose fields may differ there. */
function writeBranches(
  writing: Writing,
  type: GraphQLCompositeType & GraphQLAbstractType,
  place: Place,
): string[] {
  const { draw, schema } = writing;
  const types = schema.getPossibleTypes(type).filter(() => draw.chance(0.8));
  const names = types.flatMap((object) => Object.keys(object.getFields()));
  const common = names.filter((name, index) => names.indexOf(name) !== index);
  if (common.length === 0) return [];
  const name = common.includes(UNEVEN_FIELD) ? UNEVEN_FIELD : draw.pick(common);
  return types.flatMap((object) => {
    const field = object.getFields()[name];
    const text = field && writeField(writing, object, field, place, '');
    return text ? [`... on ${object.name} { ${text} }`] : [];
  });
}

function writeSelection(
  writing: Writing,
  type: GraphQLCompositeType,
  place: Place,
): string | undefined {
  const { draw } = writing;
  const { depth } = place;
  if (draw.chance(0.1)) return `${aliasOf(writing, '__typename')}__typename${conditions(writing)}`;
  if (depth === 0 && draw.chance(0.02)) return introspection(draw, type, writing.schema);
  const fields = fieldsOf(type);
  const fragmentShare = isUnionType(type) ? 0.95 : isAbstractType(type) ? 0.4 : 0.12;
  if (fields.length === 0 || draw.chance(fragmentShare)) return writeFragment(writing, type, place);
  const uneven = fields.find(({ name }) => name === UNEVEN_FIELD);
  if (uneven && draw.chance(0.2)) return writeField(writing, type, uneven, place);
  // What has selections leads to other subgraphs: it comes more often.
  const composite = fields.filter((field) => isCompositeType(getNamedType(field.type)));
  const preferred = composite.length > 0 && depth < 4 && draw.chance(0.5) ? composite : fields;
  return writeField(writing, type, draw.pick(preferred), place);
}

function introspection(draw: Random, type: GraphQLCompositeType, schema: GraphQLSchema): string {
  if (type !== schema.getQueryType()) return '__typename';
  return draw.pick([
    '__schema { queryType { name } }',
    'look: __type(name: "Color") { kind enumValues { name } }',
  ]);
}

function fieldsOf(type: GraphQLCompositeType): GraphQLField<unknown, unknown>[] {
  return isUnionType(type) ? [] : Object.values(type.getFields());
}

function writeField(
  writing: Writing,
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  { depth, path }: Place,
  alias = aliasOf(writing, field.name),
): string | undefined {
  const type = getNamedType(field.type);
  const composite = isCompositeType(type);
  if (composite && depth >= MAX_DEPTH) return undefined;
  if ((writing.fields -= 1) < 0) return undefined;
  const call = `${path}/${alias.replace(': ', '') || field.name}`;
  const shape = field.args.map(({ name }) => name).join();
  const known = writing.calls.get(`${call} ${shape}`);
  const args = known ?? writeArguments(writing, field.args);
  writing.calls.set(`${call} ${shape}`, args);
  const selections = composite
    ? ` ${writeSelections(writing, type, { depth: depth + 1, path: call })}`
    : '';
  return `${alias}${field.name}${args}${conditions(writing)}${selections}`;
}

function aliasOf({ draw }: Writing, field: string): string {
  if (draw.chance(0.75)) return '';
  if (draw.chance(0.18)) return `${draw.pick(SPECIAL_ALIASES)}: `;
  // The same few names for many fields: in branches for different types they may meet.
  if (draw.chance(0.35)) return `${draw.pick(['same', 'other'])}: `;
  return `${field.replaceAll('_', '')}${draw.int(3)}: `;
}

function conditions(writing: Writing): string {
  const { draw } = writing;
  const one = (): string =>
    ` @${draw.pick(['skip', 'include'])}(if: ${draw.chance(0.3) ? draw.chance(0.5) : `$${conditionVariable(writing)}`})`;
  if (!draw.chance(0.12)) return '';
  return draw.chance(0.15)
    ? ` @skip(if: ${draw.chance(0.3)}) @include(if: $${conditionVariable(writing)})`
    : one();
}

function conditionVariable({ draw, definitions, variables }: Writing): string {
  const name = `if${draw.int(3)}`;
  if (definitions.some((definition) => definition.startsWith(`$${name}:`))) return name;
  const defaulted = draw.chance(0.3);
  definitions.push(`$${name}: Boolean!${defaulted ? ` = ${draw.chance(0.5)}` : ''}`);
  if (!defaulted || draw.chance(0.4)) variables[name] = draw.chance(0.6);
  return name;
}

function writeFragment(writing: Writing, type: GraphQLCompositeType, place: Place): string {
  const { depth, path } = place;
  const { draw, schema } = writing;
  if (depth > MAX_DEPTH || (writing.fields -= 1) < 0) return '__typename';
  const others = overlapping(schema, type);
  const target = draw.chance(0.15) || others.length === 0 ? type : draw.pick(others);
  const known = writing.fragments.filter((fragment) => overlaps(schema, fragment.type, type));
  if (known.length > 0 && draw.chance(0.3)) {
    return `...${draw.pick(known).name}${conditions(writing)}`;
  }
  const directives = conditions(writing);
  const text = writeSelections(writing, target, { depth: depth + 1, path });
  if (draw.chance(0.35)) {
    const name = `Part${writing.fragments.length}`;
    writing.fragments.push({ name, type: target, text });
    return `...${name}${directives}`;
  }
  const condition = target === type && draw.chance(0.4) ? '' : ` on ${target.name}`;
  return `...${condition}${directives} ${text}`;
}

function overlapping(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  if (roots.includes(type as GraphQLObjectType)) return [type];
  const all = Object.values(schema.getTypeMap()).filter(
    (other) => isCompositeType(other) && !other.name.startsWith('__'),
  ) as GraphQLCompositeType[];
  // Object types more often: they are what branches are for.
  const found = all.filter((other) => overlaps(schema, other, type));
  return [...found, ...found.filter(isObjectType)];
}

function overlaps(
  schema: GraphQLSchema,
  a: GraphQLCompositeType,
  b: GraphQLCompositeType,
): boolean {
  const objects = (type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return objects(a).some((type) => objects(b).includes(type));
}
