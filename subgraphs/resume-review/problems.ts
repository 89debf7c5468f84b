// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

/** A field of an input that broke a rule; `path` is its place inside `input`. */
export interface InvalidField {
  readonly path: string;
  readonly message: string;
}

/** @param what the noun of what was looked for */
export const notFound = (what: 'upload' | 'resume', id: string) => ({
  __typename: 'NotFound' as const,
  id,
  message: `There is no ${what} with this id.`,
});

export const invalidInput = (fields: InvalidField[]) => ({
  __typename: 'InvalidInput' as const,
  message: 'The input is not valid: see `fields`.',
  fields,
});

export const uploadRefused = (message: string) => ({
  __typename: 'UploadRefused' as const,
  message,
});

/** @param message what is wrong with what has been received, and what to do */
export const uploadIncomplete = (receivedBytes: number, message: string) => ({
  __typename: 'UploadIncomplete' as const,
  message,
  receivedBytes,
});
