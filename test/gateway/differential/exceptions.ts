import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { invalidResponse, SubgraphFault } from '../../../gateway/transport/subgraph-fault.ts';
import type { SubgraphFetch, SubgraphResponse } from '../../../gateway/transport/subgraph-fetch.ts';
import type { FailedRequest } from '../reference/concerned-paths.ts';
import { errorsOf } from '../reference/execute-reference.ts';
import { isSame, sortedErrors, type Outcome, type OutcomeError } from './outcome.ts';

// All that the comparison does not ask for, and why. What is not here must be equal.

/** A fault of the reference, and what mends it. */
export interface Mend {
  readonly name: string;
  /** Why it is a fault, by the GraphQL specification (October 2021) or by plain sense. */
  readonly reason: string;
  /** The file in `@apollo/gateway/dist`. */
  readonly file:
    | 'utilities/deepMerge.js'
    | 'dataRewrites.js'
    | 'executeQueryPlan.js'
    | 'resultShaping.js';
  /** What is replaced by what: each text stands exactly once in the file. */
  readonly changes: readonly (readonly [string, string])[];
}

const INVALID = (value: string): string =>
  `parameters.errors.push(federation_internals_1.ERRORS.INVALID_GRAPHQL.err(\`Invalid value found for \${pathLastElementDescription(path, ${value}, parentType)}.\`, { path: Array.from(path) })); return { updated: null, hasErrors: true };`;

/**
 * Where the reference is plainly wrong. A case whose two answers differ is compared with the reference as it
 * would be without these faults; with anything else that differs it fails.
 */
export const MENDS: readonly Mend[] = [
  {
    name: 'paths of the errors of entities',
    reason:
      'Section 7.1.2: the path names the field that has the error. An error of the nth representation is put on the nth object of the list, also where objects before it were not asked for: it names a field of another entity.',
    file: 'executeQueryPlan.js',
    changes: [
      [
        'await sendOperation({ ...variables, representations })',
        'await sendOperation({ ...variables, representations }, representationToEntity)',
      ],
      [
        'async function sendOperation(variables) {',
        'async function sendOperation(variables, representationToEntity) {',
      ],
      [
        'makeLazyErrorPathGenerator(fetch, currentCursor);',
        'makeLazyErrorPathGenerator(fetch, currentCursor, representationToEntity);',
      ],
      [
        'function makeLazyErrorPathGenerator(fetch, cursor) {',
        'function makeLazyErrorPathGenerator(fetch, cursor, representationToEntity) {',
      ],
      ['hydratedPaths[errorPath[1]]', 'hydratedPaths[representationToEntity[errorPath[1]]]'],
    ],
  },
  {
    name: 'a value of the wrong shape takes the whole answer along',
    reason:
      'Section 6.4.4: a value that is not what its type says is an error of that field, which is null then. The reference throws, and the client loses all other fields too.',
    file: 'resultShaping.js',
    changes: [
      [
        '(0, federation_internals_1.assert)(Array.isArray(inputValue), () => `Invalid non-list value ${inputValue} returned by subgraph for list type ${type}`);',
        `if (!Array.isArray(inputValue)) { ${INVALID('type')} }`,
      ],
      [
        "(0, federation_internals_1.assert)(typeof inputValue === 'object', () => `Invalid non-object value ${inputValue} returned by subgraph for composite type ${type}`);",
        `if (typeof inputValue !== 'object' || Array.isArray(inputValue)) { ${INVALID('type')} }`,
      ],
    ],
  },
  {
    name: 'a fragment on an interface makes an object forget its type',
    reason:
      'Section 6.3: the type of an object is what its field says where that is an object type. Where `__typename` was not fetched (the plan knows the type) or a subgraph leaves it out, the reference takes the interface of the fragment for it, and then leaves out what fragments on the type select, or makes the object null, without an error.',
    file: 'resultShaping.js',
    changes: [
      [
        'function applySelectionSet({ input, selectionSet, output, parameters, path, parentType, })',
        'function applySelectionSet({ input, selectionSet, output, parameters, path, parentType, ownType = parentType, })',
      ],
      [
        'parentType: (_d = fragment.typeCondition) !== null && _d !== void 0 ? _d : parentType,',
        'parentType: (_d = fragment.typeCondition) !== null && _d !== void 0 ? _d : parentType, ownType: (0, federation_internals_1.isObjectType)(ownType) ? ownType : (_d !== null && _d !== void 0 ? _d : ownType),',
      ],
      [
        'if (typeConditionApplies(parameters.schema, fragment.typeCondition, typename, parentType)) {',
        'if (typeConditionApplies(parameters.schema, fragment.typeCondition, typename, ownType)) {',
      ],
      [
        '? (_c = parameters.schema.type(inputValue)) !== null && _c !== void 0 ? _c : parentType\n                        : parentType;',
        '? (_c = parameters.schema.type(inputValue)) !== null && _c !== void 0 ? _c : ownType\n                        : ownType;',
      ],
    ],
  },
  {
    name: 'a list where none may be, and none where one should be, stop the plan',
    reason:
      'Section 6.4.4, as above: what a fetch was to be for is not there, which is no reason to throw the whole answer away.',
    file: 'executeQueryPlan.js',
    changes: [
      [
        'return value.flatMap((element) => flattenResultsAtPath(element, rest));',
        'return Array.isArray(value) ? value.flatMap((element) => flattenResultsAtPath(element, rest)) : undefined;',
      ],
      [
        '(0, federation_internals_1.assert)(!Array.isArray(value), () => `Unexpected array in result for path element ${current}`);',
        "if (typeof value !== 'object' || Array.isArray(value)) return undefined;",
      ],
      [
        'if (path.length === 0)\n        return value;',
        'if (path.length === 0) return Array.isArray(value) ? undefined : value;',
      ],
      [
        'if (head == null) {',
        'if (head == null && Array.isArray(data)) return; if (head == null) {',
      ],
      ['if (Array.isArray(data)) {', 'if (Array.isArray(data)) return; if (Array.isArray(data)) {'],
      [
        "(0, federation_internals_1.assert)(Array.isArray(data), 'expected array when encountering `@`');",
        'if (!Array.isArray(data)) return;',
      ],
    ],
  },
  {
    name: 'paths that name what the client did not ask for',
    reason:
      "Section 7.1.2: a path is made of response names and indices of the client's answer. The reference lets `_entities` and the `@` of the plan stand in it where an error is about a list of entities as a whole.",
    file: 'executeQueryPlan.js',
    changes: [
      [
        'return errorPath ? [...cursor.path, ...errorPath.slice()] : undefined;',
        "const list = cursor.path.indexOf('@'); return errorPath ? (fetch.requires ? cursor.path.slice(0, list < 0 ? undefined : list) : [...cursor.path, ...errorPath.slice()]) : undefined;",
      ],
    ],
  },
  {
    name: "the name of an interface object takes the place of the object's type",
    reason:
      'Section 6.3: fragments apply by the type of the object. A subgraph with `@interfaceObject` calls every entity by the interface, and the reference then leaves out what was asked for with `... on` its type.',
    file: 'executeQueryPlan.js',
    changes: [
      [
        '(0, deepMerge_1.deepMerge)(entities[representationToEntity[i]], receivedEntity);',
        'if (receivedEntity && existingEntity && (0, graphql_1.isInterfaceType)(context.supergraphSchema.getType(receivedEntity["__typename"])) && (0, graphql_1.isObjectType)(context.supergraphSchema.getType(existingEntity["__typename"]))) { receivedEntity["__typename"] = existingEntity["__typename"]; } (0, deepMerge_1.deepMerge)(entities[representationToEntity[i]], receivedEntity);',
      ],
    ],
  },
  {
    name: 'a renamed field loses 0, false and the empty text',
    reason:
      'The plan fetches a field under another name and has it renamed; the reference renames only what is truthy, so that 0, false and the empty text become null.',
    file: 'dataRewrites.js',
    changes: [['if (objAtPath) {', 'if (objAtPath !== undefined && objAtPath !== null) {']],
  },
  {
    name: 'lists in lists are replaced, not merged',
    reason:
      'Two subgraphs answer parts of the same objects. Lists of objects are merged item by item, as they must be, but lists of such lists are not: what the first subgraph said of them is lost.',
    file: 'utilities/deepMerge.js',
    changes: [
      [
        'if ((0, predicates_1.isObject)(target[key][i]) && (0, predicates_1.isObject)(source[key][i])) {',
        'if ((0, predicates_1.isObject)(target[key][i]) && (0, predicates_1.isObject)(source[key][i]) || Array.isArray(target[key][i]) && Array.isArray(source[key][i]) && target[key][i].length === source[key][i].length) {',
      ],
    ],
  },
  {
    name: 'an object where another subgraph says a text stops the merging',
    reason:
      'Section 6.4.4, as above. Two subgraphs answer the same field, one of them with a value of the wrong shape: the reference throws while it looks for keys in a text.',
    file: 'utilities/deepMerge.js',
    changes: [
      [
        'if (target[key] && (0, predicates_1.isObject)(source[key])) {',
        'if ((0, predicates_1.isObject)(target[key]) && (0, predicates_1.isObject)(source[key])) {',
      ],
    ],
  },
  {
    name: 'an entity that is no object stops the merging of all entities',
    reason:
      'The entities beside it are right. The reference throws while it sets `__typename` on a number, and its error has neither path nor code.',
    file: 'executeQueryPlan.js',
    changes: [
      [
        'if (receivedEntity && !receivedEntity["__typename"]) {',
        'if (typeof receivedEntity !== "object") continue; if (receivedEntity && !receivedEntity["__typename"]) {',
      ],
    ],
  },
];

/**
 * What the mended reference takes for the answer to a request:
 * - Entities that are no list, or too many or too few, are a fault of the subgraph: an error with a code for each
 *   field that is missing. The reference throws an error that has no path and no code, and that a client gets to
 *   see as an internal error of the gateway.
 * - A request that fails gives errors for the fields that its entities can have: the reference puts fields of
 *   other types on them, for it does not know the schema (this part is ours, of before the executor).
 */
export async function mendedAnswer(
  schema: GraphQLSchema,
  fetch: SubgraphFetch,
  answer: Promise<SubgraphResponse>,
): Promise<SubgraphResponse> {
  const body = JSON.parse(fetch.body) as FailedRequest;
  const failed = (
    fault: SubgraphFault,
    reported: SubgraphResponse['errors'],
  ): SubgraphResponse => ({
    errors: [...(reported ?? []), ...errorsOf(fault, body, (a, b) => mayBe(schema, a, b))],
  });
  try {
    const response = await answer;
    const representations = body.variables?.['representations'];
    if (!response.data || !Array.isArray(representations)) return response;
    const entities = response.data['_entities'];
    if (Array.isArray(entities) && entities.length === representations.length) return response;
    return failed(invalidResponse(fetch.subgraph), response.errors);
  } catch (error) {
    if (error instanceof SubgraphFault) return failed(error, []);
    throw error;
  }
}

function mayBe(schema: GraphQLSchema, type: string, condition: string): boolean {
  const isA = (name: string, general: string): boolean => {
    const [object, abstract] = [schema.getType(name), schema.getType(general)];
    return (
      (isObjectType(object) || isInterfaceType(object)) &&
      isAbstractType(abstract) &&
      schema.isSubType(abstract, object)
    );
  };
  return type === condition || isA(type, condition) || isA(condition, type);
}

/** The code of errors that the faults put at paths that are in no answer. */
export const STRANGE = 'STRANGE';

/**
 * What is left out on both sides before they are compared:
 * - Errors without a path say nothing of which request they answer: the executor sends fewer requests (equal
 *   representations once, several fetches as one), so each such error counts once, whatever the number is by which
 *   it calls the fetch. An empty path is none: it comes about where the path that a subgraph gave leads nowhere.
 * - An error whose path leads nowhere even in the subgraph's own answer can be put anywhere: what counts is that
 *   the client gets to know of it.
 */
export function comparable({ data, errors }: Outcome): Outcome {
  const seen = new Set<string>();
  return {
    data,
    errors: errors.map(withoutEmptyPath).filter((error) => {
      if (error.path) return true;
      const key = JSON.stringify(error).replaceAll(/__\d+\b/g, '');
      return !seen.has(key) && seen.add(key);
    }),
  };
}

function withoutEmptyPath({ message, path, extensions }: OutcomeError): OutcomeError {
  return path && path.length > 0 && extensions['code'] !== STRANGE
    ? { message, path, extensions }
    : { message, extensions };
}

/**
 * Whether two answers are equal but for which of the nulls in an object are told of that is null itself because of
 * them. One error is enough there (section 6.4.4). The reference stops at the first such field in its own order,
 * which is not always that of the operation (section 6.3.2, see `key-order.ts`), and before it has merged all
 * selections of the fields before it: so ours may tell of another one, of more, or of fewer where the reference has
 * been at later fields before it met the one that ours stops at, but it tells of each null in the answer that the
 * reference tells of. Only looked at when nothing else has been found equal.
 */
export function tellsOfSameNulls(reference: Outcome, ours: Outcome): boolean {
  if (isSame(byNull(reference), byNull(ours))) return true;
  const [theirs, told] = [sortedErrors(reference), sortedErrors(ours)];
  const isMore = theirs.every((error) => told.includes(error));
  const isLess = told.every((error) => theirs.includes(error));
  return (
    (isMore || isLess) &&
    isSame(withoutRepetition(byNull(reference)), withoutRepetition(byNull(ours)))
  );
}

function byNull({ data, errors }: Outcome): Outcome {
  const value: unknown = data === null ? null : JSON.parse(data);
  const explained = errors.map((error): OutcomeError => {
    const { message, path, extensions } = error;
    if (!path || extensions['code'] !== 'SUBGRAPH_INVALID_RESPONSE' || extensions['serviceName']) {
      return error;
    }
    const place = upToNull(value, path);
    return { message: place.length < path.length ? 'null' : message, path: place, extensions };
  });
  return { data, errors: explained };
}

function withoutRepetition({ data, errors }: Outcome): Outcome {
  const different = new Map(errors.map((error) => [JSON.stringify(error), error]));
  return { data, errors: [...different.values()] };
}

function upToNull(data: unknown, path: readonly (string | number)[]): (string | number)[] {
  let value = data;
  const place: (string | number)[] = [];
  for (const key of path) {
    if (value === null || typeof value !== 'object') break;
    value = (value as Record<string | number, unknown>)[key];
    place.push(key);
  }
  return place;
}
