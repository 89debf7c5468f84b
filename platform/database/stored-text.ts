/**
 * A text as it is stored: without the blanks around it. Half of a surrogate pair becomes U+FFFD, as it does on
 * its way into a text column: jsonb refuses it.
 */
export const storedText = (text: string): string => text.trim().toWellFormed();
