/** Why a file that has come as it was announced is not taken. */
export type DocumentFaultReason = 'TYPE_DIFFERS' | 'ENCRYPTED' | 'BROKEN' | 'UNPACKS_TO_TOO_MUCH';

/** What is wrong with a file. */
export interface DocumentFault {
  readonly reason: DocumentFaultReason;
  /** For a person: what is wrong, and what to do about it. */
  readonly message: string;
}

/** The file is something else than was announced. @param name of the announced type */
export const typeDiffers = (
  name: string,
  hint = 'send the file that was announced',
): DocumentFault => ({
  reason: 'TYPE_DIFFERS',
  message: `The file is not ${name}: ${hint}.`,
});

/** The file can be read with a password only. */
export const encrypted = (name: string): DocumentFault => ({
  reason: 'ENCRYPTED',
  message: `The ${name} file is encrypted: save it without a password or restrictions, and send that.`,
});

/** @param what is broken, for a person */
export const broken = (name: string, what: string): DocumentFault => ({
  reason: 'BROKEN',
  message: `The ${name} file is broken (${what}): save it again, and send that.`,
});

/** @param what is too much, for a person */
export const unpacksToTooMuch = (name: string, what: string): DocumentFault => ({
  reason: 'UNPACKS_TO_TOO_MUCH',
  message: `The ${name} file unpacks to too much (${what}): send a smaller one.`,
});
