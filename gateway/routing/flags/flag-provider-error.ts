/** The provider of flags that FLAG_PROVIDER names cannot be had. The message says why, and what is expected. */
export class FlagProviderError extends Error {
  readonly code = 'FLAG_PROVIDER';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'FlagProviderError';
  }
}
