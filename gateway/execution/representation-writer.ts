import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isInterfaceType, isNonNullType, isObjectType, type GraphQLSchema } from 'graphql';
import { jsonText, stringText } from './json-text.ts';
import { isInherited, isObject, ownValue } from './own-property.ts';
import { representationOf } from './representation.ts';
import { conditionOf } from './rewrites.ts';
import { isOfType } from './type-condition.ts';

type JsonObject = Record<string, unknown>;
type Selections = readonly QueryPlanSelectionNode[];

/** What is known of an object, as a subgraph wants to be told. */
export interface RepresentationWriter {
  /** The fields that say all of it; null where it takes the general way, or there can be none. */
  fieldsOf(object: JsonObject): RepresentationFields | null;
  /** The JSON text: equal representations are equal texts. Null where the object lacks a required field. */
  write(object: JsonObject): string | null;
}

/** The fields of the representations of objects of one type. */
export interface RepresentationFields {
  readonly fields: readonly WrittenField[];
  /** A field that tells most objects apart; null where some have parts. */
  readonly key: string | null;
}

/** A field of a representation with the text that comes before its value. */
export interface WrittenField {
  readonly name: string;
  readonly before: string;
  /** A text that is written in any case: the type that a rewrite sets. */
  readonly constant: string | null;
  readonly fields: readonly WrittenField[] | null;
}

/**
 * A writer of what a fetch requires.
 *
 * @param schema the supergraph's, with all types of all subgraphs
 */
export function representationWriter(
  schema: GraphQLSchema,
  requires: Selections,
  rewrites: readonly FetchDataRewrite[],
): RepresentationWriter {
  // Made ready once per type of object; null where the general way is needed.
  const byType = new Map<string, RepresentationFields | null>();
  const fieldsOf = (object: JsonObject): RepresentationFields | null => {
    const type = object['__typename'];
    if (typeof type !== 'string' || type === '') return null;
    const known = byType.get(type);
    if (known !== undefined) return known;
    const fields = writtenFields(schema, requires, rewrites, type);
    const made = fields && { fields, key: keyOf(schema, type, fields) };
    // Answers may name any type: those that nobody knows are not kept.
    if (schema.getType(type)) byType.set(type, made);
    return made;
  };
  return {
    fieldsOf,
    write(object) {
      const known = fieldsOf(object);
      if (!known) return representationOf(schema, requires, rewrites, object);
      return known.fields.length === 0 ? null : objectText(known.fields, object);
    },
  };
}

/** The field by which objects are told apart first: one that is never null, as keys are. */
function keyOf(
  schema: GraphQLSchema,
  type: string,
  fields: readonly WrittenField[],
): string | null {
  const own = schema.getType(type);
  const types = isObjectType(own) || isInterfaceType(own) ? own.getFields() : {};
  const told = fields.filter(({ constant }) => constant === null);
  if (told.some((field) => field.fields !== null || isInherited(field.name))) return null;
  const key = told.find(({ name }) => types[name] && isNonNullType(types[name].type));
  return (key ?? told[0])?.name ?? null;
}

function objectText(fields: readonly WrittenField[], object: JsonObject): string | null {
  let text = '';
  for (const field of fields) {
    const { name } = field;
    const value = isInherited(name) ? ownValue(object, name) : object[name];
    if (value === undefined) return null;
    text += field.before + (field.constant ?? valueText(field, value));
  }
  return `${text}}`;
}

function valueText({ fields }: WrittenField, value: unknown): string {
  if (!fields) return jsonText(value);
  if (!Array.isArray(value))
    return isObject(value) ? (objectText(fields, value) ?? 'null') : 'null';
  const items = value.map((item) => (isObject(item) ? objectText(fields, item) : null) ?? 'null');
  return `[${items.join(',')}]`;
}

/**
 * The fields of a representation of objects of one type: none where no representation can be made of them, null
 * where they are not known from the type alone.
 */
function writtenFields(
  schema: GraphQLSchema,
  requires: Selections,
  rewrites: readonly FetchDataRewrite[],
  type: string,
): readonly WrittenField[] | null {
  let selections = applyingTo(schema, requires, type);
  for (let only = selections[0]; only?.kind === 'InlineFragment'; only = selections[0]) {
    // A fragment that lacks a field is left out, the others count: with several we cannot know beforehand.
    if (selections.length > 1) return null;
    selections = applyingTo(schema, only.selections, type);
  }
  if (selections.length === 0) return [];
  const fields = plainFields(selections);
  const typename = rewrittenTypename(schema, rewrites, type);
  if (!fields || typename === null) return null;
  if (!fields.some(({ name }) => name === '__typename')) return [];
  return fields.map((field) =>
    field.name === '__typename' ? { ...field, constant: stringText(typename) } : field,
  );
}

function applyingTo(schema: GraphQLSchema, selections: Selections, type: string): Selections {
  return selections.filter(
    (selection) =>
      selection.kind === 'Field' ||
      (selection.typeCondition && isOfType(schema, type, selection.typeCondition)),
  );
}

/** Selections without fragments as fields; null where there is a fragment. */
function plainFields(selections: Selections): WrittenField[] | null {
  const fields: WrittenField[] = [];
  for (const selection of selections) {
    if (selection.kind !== 'Field') return null;
    const name = selection.alias ?? selection.name;
    const below = selection.selections ? plainFields(selection.selections) : undefined;
    if (below === null || fields.some((field) => field.name === name)) return null;
    const before = `${fields.length === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    fields.push({ name, before, constant: null, fields: below ?? null });
  }
  return fields;
}

/** The type that a representation names after all rewrites; null where these do more than to set it. */
function rewrittenTypename(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  type: string,
): string | null {
  let typename = type;
  for (const rewrite of rewrites) {
    const [condition, field, ...rest] = rewrite.path;
    const general = condition === undefined ? null : conditionOf(condition);
    if (rewrite.kind !== 'ValueSetter' || !general || field !== '__typename' || rest.length > 0) {
      return null;
    }
    if (isOfType(schema, typename, general)) typename = String(rewrite.setValueTo);
  }
  return typename;
}
