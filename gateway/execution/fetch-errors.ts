import type { GraphQLSchema } from 'graphql';
import type { SubgraphFault } from '../transport/subgraph-fault.ts';
import type { SubgraphResponseError } from '../transport/subgraph-fetch.ts';
import { isFault, type AnswerError } from './answer-errors.ts';
import { hold, type VariableValues } from './conditions.ts';
import type { AskedField } from './fetch-document.ts';
import type { PreparedPart, PreparedSelection } from './fetched-selection.ts';
import { isObject } from './own-property.ts';
import { pathBeforeLists, pathsOf, type ResponsePath } from './targets.ts';
import { isOfType } from './type-condition.ts';

type JsonObject = Record<string, unknown>;

/** Errors of one failed fetch beyond these are only counted: a page of 100 entities needs no 1,000 errors. */
const MAX_ERRORS = 100;

/** What `@apollo/gateway` calls an error to which the subgraph gave no code. */
const NO_CODE = 'DOWNSTREAM_SERVICE_ERROR';

/**
 * The errors of a selection that could not be fetched: one for each field that was asked for, at each place that
 * it was for.
 */
export function faultErrors(
  schema: GraphQLSchema,
  fault: SubgraphFault,
  prepared: PreparedSelection,
  root: JsonObject,
  variables: VariableValues,
): AnswerError[] {
  const { asked } = prepared.selection.document;
  const fields = asked.filter(({ conditions }) => hold(conditions, variables));
  const types = prepared.representations.map(typeOf);
  return prepared.parts.flatMap((part) => {
    const paths = concernedPaths(schema, part, fields, types, root);
    const omitted = paths.length - MAX_ERRORS;
    return paths.slice(0, MAX_ERRORS).map((path, index) => ({
      message: fault.message,
      path,
      extensions:
        omitted > 0 && index === MAX_ERRORS - 1
          ? { ...fault.extensions, omittedErrors: omitted }
          : { ...fault.extensions },
    }));
  });
}

function concernedPaths(
  schema: GraphQLSchema,
  { part, indices }: PreparedPart,
  fields: readonly AskedField[],
  types: readonly (string | null)[],
  root: JsonObject,
): ResponsePath[] {
  return pathsOf(root, part.path).flatMap((path, target) => {
    const index = indices[target] ?? -1;
    if (part.represent && index < 0) return [];
    // Where only the type was asked for, nothing is known of the object.
    if (fields.length === 0) return path.length > 0 ? [path] : [];
    const type = types[index];
    return fields
      .filter((field) => !field.type || !type || mayBe(schema, type, field.type))
      .map(({ responseName }) => [...path, responseName]);
  });
}

/** Whether an entity can be of a type. One that a subgraph knows by its interface only may be of any that has it. */
function mayBe(schema: GraphQLSchema, type: string, condition: string): boolean {
  return isOfType(schema, type, condition) || isOfType(schema, condition, type);
}

function typeOf(representation: string): string | null {
  const value: unknown = JSON.parse(representation);
  const type = isObject(value) ? value['__typename'] : null;
  return typeof type === 'string' ? type : null;
}

/**
 * An error that a subgraph reported, at each place of the client's answer that it concerns.
 *
 * @param prepared the selection that it belongs to; null where it says nothing of that
 */
export function reportedErrors(
  error: SubgraphResponseError,
  subgraph: string,
  prepared: PreparedSelection | null,
  root: JsonObject,
): AnswerError[] {
  const plain = clientError(error, subgraph);
  const { path } = error;
  if (!prepared || !Array.isArray(path)) return [plain];
  const places = prepared.parts.flatMap((part) => concernedPlaces(path, part, root));
  if (places.length > 0) return places.map((place) => ({ ...plain, path: place }));
  // It concerns an entity that was not asked for, or the entities as a whole.
  if (typeof path[1] === 'number') return [plain];
  return prepared.parts
    .filter(({ indices }) => indices.some((index) => index >= 0))
    .map(({ part }) => ({ ...plain, path: pathBeforeLists(part.path) }));
}

function concernedPlaces(
  path: ResponsePath,
  { part, indices }: PreparedPart,
  root: JsonObject,
): ResponsePath[] {
  if (!part.represent) return [[...pathBeforeLists(part.path), ...path]];
  const [, index, ...below] = path;
  return pathsOf(root, part.path)
    .filter((_, target) => indices[target] === index)
    .map((place) => [...place, ...below]);
}

/** The subgraph is named only where it is itself at fault: all else is the same from either side of a move. */
function clientError(error: SubgraphResponseError, subgraph: string): AnswerError {
  const {
    serviceName: _service,
    stacktrace: _stack,
    exception: _exception,
    ...given
  } = isObject(error.extensions) ? error.extensions : {};
  const extensions = { ...given, code: given['code'] || NO_CODE };
  return {
    message: error.message || `Error while fetching subquery from service "${subgraph}"`,
    extensions: isFault({ extensions }) ? { ...extensions, serviceName: subgraph } : extensions,
  };
}
