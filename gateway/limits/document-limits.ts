import { GraphQLError, Lexer, Source, TokenKind, visit, type DocumentNode } from 'graphql';
import type { DocumentLimits } from './config.ts';
import { documentSize } from './document-size.ts';
import { operationRefusal } from './refusals.ts';

/** Measures a document that was read. @returns the first limit that it exceeds; null where it keeps all */
export function exceededLimit(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  const size = documentSize(document);
  if (size.depth > limits.depth) return tooDeep('The operation', limits.depth, size.depth);
  const literals = literalDepth(document);
  if (literals > DEEPEST_LITERAL) {
    return tooDeep('A value in the document', DEEPEST_LITERAL, literals, ': send it as a variable');
  }
  if (size.rootFields > limits.rootFields) {
    const message = `The operation has ${count(size.rootFields)} root fields, and may have ${limits.rootFields} at most: ask in several requests.`;
    return operationRefusal('TOO_MANY_ROOT_FIELDS', message, limits.rootFields, size.rootFields);
  }
  if (size.aliases > limits.aliases) {
    const message = `The operation has ${count(size.aliases)} aliases, fragments written out, and may have ${limits.aliases} at most.`;
    return operationRefusal('TOO_MANY_ALIASES', message, limits.aliases, size.aliases);
  }
  if (size.fields > limits.fields) {
    const message = `The operation has ${count(size.fields)} fields, fragments written out, and may have ${limits.fields} at most.`;
    return operationRefusal('TOO_MANY_FIELDS', message, limits.fields, size.fields);
  }
  return null;
}

/**
 * The most lists and objects within one another in the text of a document. The planner (2.14) looks at each level of
 * such a value twice, so 12 levels take it milliseconds, and 25 minutes; what comes as a variable it never sees.
 */
const DEEPEST_LITERAL = 12;

function literalDepth(document: DocumentNode): number {
  let depth = 0;
  let deepest = 0;
  const nested = {
    enter: () => {
      deepest = Math.max(deepest, ++depth);
    },
    leave: () => {
      depth--;
    },
  };
  visit(document, { ListValue: nested, ObjectValue: nested });
  return deepest;
}

/**
 * Why a document could not be read, if that is not its syntax: the parser stops at the limit of tokens, and its
 * stack ends where brackets are nested without end.
 *
 * @param error what the parser threw
 */
export function unreadable(
  text: string,
  error: Error,
  limits: DocumentLimits,
): GraphQLError | null {
  if (error instanceof RangeError) {
    return tooDeep('The document', limits.depth, scan(text, limits.tokens).nesting);
  }
  const stoppedAt = error instanceof GraphQLError ? error.positions?.[0] : undefined;
  if (stoppedAt === undefined || scan(text, limits.tokens).tooMany !== stoppedAt) return null;
  return operationRefusal(
    'TOO_MANY_TOKENS',
    `The document has more than ${limits.tokens} tokens, and is not read any further.`,
    limits.tokens,
    limits.tokens + 1,
  );
}

/** The most lists and objects within one another in the variables of a request. */
const DEEPEST_VALUE = 200;

/** Whether variables are nested more than anybody could mean: code that walks them would run out of stack. */
export function variablesTooDeep(variables: unknown): GraphQLError | null {
  let level = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_VALUE) return tooDeep('A variable', DEEPEST_VALUE, depth);
    level = level.filter(isNested).flatMap((value) => Object.values(value));
  }
  return null;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function tooDeep(what: string, limit: number, actual: number, advice = ''): GraphQLError {
  const message = `${what} is ${actual} levels deep, and may be ${limit} at most${advice}.`;
  return operationRefusal('TOO_DEEP', message, limit, actual);
}

function count(number: number): string {
  return number > Number.MAX_SAFE_INTEGER ? 'more than can be counted' : String(number);
}

interface Scan {
  /** The most brackets within one another. */
  readonly nesting: number;
  /** Where the first token beyond the limit starts; null where there is none. */
  readonly tooMany: number | null;
}

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

function scan(text: string, tokens: number): Scan {
  const lexer = new Lexer(new Source(text));
  let open = 0;
  let nesting = 0;
  try {
    for (let read = 1; ; read++) {
      const { kind, start } = lexer.advance();
      if (kind === TokenKind.EOF) return { nesting, tooMany: null };
      if (read > tokens) return { nesting, tooMany: start };
      if (OPENING.includes(kind)) nesting = Math.max(nesting, ++open);
      else if (CLOSING.includes(kind)) open--;
    }
  } catch {
    // No token: the parser did not come that far, or said so.
    return { nesting, tooMany: null };
  }
}
