// Expected outcomes that several domains have, in the words of the graph. Their messages can be shown to a person.

/** A field of an input that broke a rule; `path` is its place inside `input`. */
export interface InvalidField {
  readonly path: string;
  readonly message: string;
}

export const invalidInput = (fields: readonly InvalidField[]) => ({
  __typename: 'InvalidInput' as const,
  message: 'The input is not valid: see `fields`.',
  fields: [...fields],
});

/** @param what the noun of what was looked for, such as `product` */
export const notFound = (what: string, id: string) => ({
  __typename: 'NotFound' as const,
  id,
  message: `There is no ${what} with this id.`,
});

export type InvalidInput = ReturnType<typeof invalidInput>;
export type NotFound = ReturnType<typeof notFound>;
