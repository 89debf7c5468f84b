// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

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
