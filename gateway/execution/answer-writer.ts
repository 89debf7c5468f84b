import { isObjectType, type GraphQLSchema } from 'graphql';
import { shapeOf, type FieldShape, type ObjectShape, type ValueShape } from './answer-shape.ts';
import { inOnePiece, jsonText, stringText } from './json-text.ts';
import { isObject, ownValue } from './own-property.ts';
import type { ResponsePath } from './targets.ts';

type JsonObject = Record<string, unknown>;

/** A value that is not as the client's schema says, though no subgraph has reported it. */
export interface IncompleteValue {
  readonly message: string;
  readonly path: ResponsePath;
}

/** The client's answer, as far as the subgraphs' answers are what they should be. */
export interface WrittenAnswer {
  /** The JSON text of the data; null where a null has come up to the root. */
  readonly json: string | null;
  readonly incomplete: readonly IncompleteValue[];
}

/** What is needed all the way down. The path is that of the value being written, as far as `depth`. */
interface Writing {
  readonly schema: GraphQLSchema;
  readonly introspect: (field: FieldShape) => string;
  readonly incomplete: IncompleteValue[];
  readonly path: (string | number)[];
  depth: number;
}

/** Integers from here on are written with an exponent, and so are not taken for integers by clients. */
const EXPONENTIAL = 1e21;

/**
 * Writes the answer in one walk through the response tree. A null where none may be takes what is around it
 * along, up to the next place where a null may be.
 *
 * @param introspect gives the JSON text of a `__schema` or `__type` field
 */
export function writeAnswer(
  schema: GraphQLSchema,
  root: ObjectShape,
  data: JsonObject,
  introspect: (field: FieldShape) => string,
): WrittenAnswer {
  const incomplete: IncompleteValue[] = [];
  const json = objectText({ schema, introspect, incomplete, path: [], depth: 0 }, root, data);
  return { json: json && inOnePiece(json), incomplete };
}

/** The text of an object; null where a field is null that may not be. */
function objectText(writing: Writing, shape: ObjectShape, object: JsonObject): string | null {
  const { fields } = shape;
  if (fields.length === 0) return '{}';
  const depth = writing.depth++;
  let text = '';
  for (const field of fields) {
    writing.path[depth] = field.name;
    const value = field.isInherited ? ownValue(object, field.name) : object[field.name];
    const written =
      field.value === null
        ? metaText(writing, field, value)
        : valueText(writing, field.value, value, field.parentName);
    if (written === null) {
      writing.depth = depth;
      return null;
    }
    text += field.before + written;
  }
  writing.depth = depth;
  return `${text}}`;
}

/** The text of a value; null where the value is null and may not be. */
function valueText(
  writing: Writing,
  shape: ValueShape,
  value: unknown,
  parentName: string,
): string | null {
  if (value === null || value === undefined) {
    if (!shape.isNonNull) return 'null';
    const place = placeOf(writing, shape, parentName);
    report(writing, `Cannot return null for non-nullable ${place}.`);
    return null;
  }
  const text = presentText(writing, shape, value, parentName);
  return text === null && !shape.isNonNull ? 'null' : text;
}

/** The text of a value that is not null; null where it is not what it should be. */
function presentText(
  writing: Writing,
  shape: ValueShape,
  value: unknown,
  parentName: string,
): string | null {
  switch (shape.kind) {
    case 'String':
      if (typeof value === 'string') return stringText(value);
      break;
    case 'ID':
      if (typeof value === 'string') return stringText(value);
      if (isInteger(value)) return String(value);
      break;
    case 'Int':
      if (isInteger(value)) return String(value);
      break;
    case 'Float':
      // 1e999 is JSON, but no number of ours.
      if (Number.isFinite(value)) return String(value);
      break;
    case 'Boolean':
      if (typeof value === 'boolean') return value ? 'true' : 'false';
      break;
    case 'Enum': {
      const text = shape.enumTexts?.get(value);
      if (text !== undefined) return text;
      break;
    }
    case 'any':
      return jsonText(value);
    case 'Object':
      if (isObject(value)) return typedText(writing, shape, value, parentName);
      break;
    case 'List':
      if (Array.isArray(value)) return listText(writing, shape, value, parentName);
  }
  report(writing, `Invalid value found for ${placeOf(writing, shape, parentName)}.`);
  return null;
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < EXPONENTIAL;
}

function typedText(
  writing: Writing,
  shape: ValueShape,
  value: JsonObject,
  parentName: string,
): string | null {
  const object = shape.objects && shapeOf(shape.objects, value['__typename']);
  if (object) return objectText(writing, object, value);
  const place = placeOf(writing, shape, parentName);
  report(writing, `Invalid __typename found for object at ${place}.`);
  return null;
}

function listText(
  writing: Writing,
  { item }: ValueShape,
  values: readonly unknown[],
  parentName: string,
): string | null {
  if (item === null || values.length === 0) return '[]';
  const depth = writing.depth++;
  let text = '';
  let isWhole = true;
  for (let index = 0; index < values.length; index++) {
    writing.path[depth] = index;
    const written = valueText(writing, item, values[index], parentName);
    // The other items are looked at all the same: the client gets to know all that is wrong.
    if (written === null) isWhole = false;
    else text += (index === 0 ? '[' : ',') + written;
  }
  writing.depth = depth;
  return isWhole ? `${text}]` : null;
}

/**
 * The text of a field that no subgraph answers; null where an object's type is no type of objects, or where what the
 * caller may not see takes its object along: whoever denied it reports it.
 */
function metaText(writing: Writing, field: FieldShape, value: unknown): string | null {
  if (field.denied) return field.denied === 'nullable' ? 'null' : null;
  if (field.introspection) return writing.introspect(field);
  // Subgraphs answer it under its own name, and under others where the plan says so.
  if (field.name === '__typename' || typeof value !== 'string') return field.typename;
  const type = writing.schema.getType(value);
  if (!type) return field.typename;
  return isObjectType(type) ? JSON.stringify(type.name) : null;
}

function report({ incomplete, path, depth }: Writing, message: string): void {
  incomplete.push({ message, path: path.slice(0, depth) });
}

/** How messages call the place of a value. */
function placeOf({ path, depth }: Writing, { typeName }: ValueShape, parentName: string): string {
  const element = path[depth - 1];
  return typeof element === 'number'
    ? `array element of type ${typeName} at index ${element}`
    : `field ${parentName}.${element}`;
}
