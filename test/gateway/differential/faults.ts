/** What goes wrong where one field is resolved. */
export type FieldFaultKind =
  | 'error'
  | 'error-and-extensions'
  | 'null'
  | 'wrong-leaf'
  | 'object-for-leaf'
  | 'leaf-for-object'
  | 'list-for-one'
  | 'one-for-list'
  | 'missing-key'
  | 'unknown-enum-value'
  | 'typename-missing'
  | 'typename-unknown'
  | 'extra-keys';

export const FIELD_FAULTS: readonly FieldFaultKind[] = [
  'error',
  'error-and-extensions',
  'null',
  'wrong-leaf',
  'object-for-leaf',
  'leaf-for-object',
  'list-for-one',
  'one-for-list',
  'missing-key',
  'unknown-enum-value',
  'typename-missing',
  'typename-unknown',
  'extra-keys',
];

/** What goes wrong where a representation is turned into an entity. */
export type EntityFaultKind = 'entity-null' | 'entity-error' | 'entities-error';

export const ENTITY_FAULTS: readonly EntityFaultKind[] = [
  'entity-null',
  'entity-error',
  'entities-error',
];

/** What goes wrong with every answer of a subgraph. */
export type AnswerFaultKind =
  | 'unavailable'
  | 'timed-out'
  | 'http-error'
  | 'invalid-response'
  | 'refused'
  | 'error-without-path'
  | 'error-with-strange-path'
  | 'error-of-entity'
  | 'error-of-entities'
  | 'entities-short'
  | 'entities-long'
  | 'entities-null'
  | 'entities-of-leaves'
  | 'extra-roots';

export const ANSWER_FAULTS: readonly AnswerFaultKind[] = [
  'unavailable',
  'timed-out',
  'http-error',
  'invalid-response',
  'refused',
  'error-without-path',
  'error-with-strange-path',
  'error-of-entity',
  'error-of-entities',
  'entities-short',
  'entities-long',
  'entities-null',
  'entities-of-leaves',
  'extra-roots',
];

/** A field of a type goes wrong, for all objects or for every other one. */
export interface FieldFault {
  readonly at: 'field';
  readonly subgraph: string;
  readonly type: string;
  readonly field: string;
  readonly kind: FieldFaultKind;
  readonly whose: 'all' | 'odd' | 'even';
}

export interface EntityFault {
  readonly at: 'entity';
  readonly subgraph: string;
  readonly type: string;
  readonly kind: EntityFaultKind;
  readonly whose: 'all' | 'odd' | 'even';
}

/**
 * A subgraph goes wrong, for all it is asked, or for entities or root fields only. Never for single requests: the
 * executor joins requests and sends equal representations once, so a request of one is not a request of the other.
 */
export interface AnswerFault {
  readonly at: 'answer';
  readonly subgraph: string;
  readonly scope: 'all' | 'roots' | 'entities';
  readonly kind: AnswerFaultKind;
}

export type Fault = FieldFault | EntityFault | AnswerFault;

/** Whether a fault is meant for the object of a number. */
export function hits(whose: FieldFault['whose'], id: number): boolean {
  return whose === 'all' || (id % 2 === 1) === (whose === 'odd');
}
