/** An option of a command says something that cannot be. The message says what to write instead. */
export class OptionError extends Error {
  readonly code = 'OPTION';
}
