import { badUserInput } from './errors.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID in its usual form (RFC 9562). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * The canonical (lower-case) form of an id that a client sent.
 *
 * @param argument the path of the argument, for the error
 * @throws BAD_USER_INPUT when it is not a UUID
 */
export function uuidArgument(argument: string, id: string): string {
  if (!isUuid(id)) throw badUserInput(argument, 'must be a UUID');
  return id.toLowerCase();
}
