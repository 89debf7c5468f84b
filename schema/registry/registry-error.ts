/** What a caller did, or asked for, cannot be. The message is for the person who reads Rover's output. */
export class RegistryError extends Error {
  readonly code: RegistryErrorCode;

  constructor(code: RegistryErrorCode, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.code = code;
  }
}

export type RegistryErrorCode =
  | 'AUTHENTICATION_FAILED'
  | 'ACCESS_DENIED'
  | 'UNKNOWN_REF'
  | 'BAD_INPUT'
  | 'REFUSED'
  | 'CONFLICT'
  | 'BUSY';
