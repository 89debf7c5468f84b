import {
  Type,
  type Static,
  type TProperties,
  type TSchema,
  type TUnsafe,
} from '@fastify/type-provider-typebox';

// Schemas that every area uses. Requests are written out in place; what is answered is named (`$id`), added to
// the app by `app.addSchema` and referred to by `ref`, so that the OpenAPI document has it as a component.

/** Refers to a named schema in an answer. Not for requests: their validator knows no names. */
export function ref<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  return Type.Unsafe<Static<Schema>>({ $ref: `${(schema as { $id?: string }).$id}#` });
}

/** A text or null, in a form that is quick to write as JSON. */
export const nullableText = (options: object = {}) =>
  Type.Unsafe<string | null>({ ...options, type: ['string', 'null'] });

/** A whole number or null. */
export const nullableInteger = (options: object = {}) =>
  Type.Unsafe<number | null>({ ...options, type: ['integer', 'null'] });

export const uuidSchema = (description?: string) =>
  Type.String({ format: 'uuid', ...(description && { description }) });

/** A JSON body. Members that it does not know are refused, so that a misspelt one is noticed. */
export const requestBody = <Members extends TProperties>(members: Members) =>
  Type.Object(members, { additionalProperties: false });

/** `{id}` in a path. */
export const idParams = Type.Object({ id: uuidSchema() });

/** The most ids of one lookup. */
export const MAX_IDS = 1_000;

/** `{ids}` of a lookup. */
export const lookupBody = Type.Object({ ids: Type.Array(uuidSchema(), { maxItems: MAX_IDS }) });

/** A list of ids in a body, such as the owners of a batched list. */
export const idList = () => Type.Array(uuidSchema(), { maxItems: MAX_IDS });

export const errorSchema = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.String({ description: 'What went wrong, for programs.' }),
        message: Type.String({ description: 'What went wrong, for people.' }),
        fields: Type.Optional(
          Type.Array(Type.Object({ field: Type.String(), message: Type.String() })),
        ),
        reason: Type.Optional(Type.String()),
        retry_after: Type.Optional(Type.Integer({ description: 'Seconds.' })),
      },
      { additionalProperties: true },
    ),
  },
  { $id: 'Error' },
);

/** The answers of a route: what it gives, and the one form of every error. */
export function answers<Schema extends TSchema>(schema: Schema) {
  return { 200: schema, '4xx': ref(errorSchema), '5xx': ref(errorSchema) };
}

/** The same for a route that creates something. */
export function created<Schema extends TSchema>(schema: Schema) {
  return { 201: schema, '4xx': ref(errorSchema), '5xx': ref(errorSchema) };
}

/** What a lookup gives: what exists and may be seen, in no fixed order. */
export const itemsOf = <Schema extends TSchema>(schema: Schema) =>
  Type.Object({ items: Type.Array(ref(schema)) });
