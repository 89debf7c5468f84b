import { badUserInput } from './errors.ts';
import { hasLength } from './input-rules.ts';

const MAX_LENGTH = 200;

/**
 * The text to search for; null where it is absent or blank.
 *
 * @param argument the path of the argument, for the error
 * @throws BAD_USER_INPUT for a text that nothing can be searched by
 */
export function searchText(argument: string, given: string | null | undefined): string | null {
  const text = (given ?? '').trim();
  if (!hasLength(text, 0, MAX_LENGTH)) {
    throw badUserInput(argument, `must be at most ${MAX_LENGTH} characters long`);
  }
  // PostgreSQL takes no such text.
  if (text.includes('\0')) throw badUserInput(argument, 'must not hold the character U+0000');
  // Half of a surrogate pair cannot stand in an address; the database would take it for U+FFFD as well.
  return text === '' ? null : text.toWellFormed();
}
