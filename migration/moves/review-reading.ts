import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { aiReviews } from '../../subgraphs/legacy/monolith/tables.ts';
import { reviews } from '../../subgraphs/resume-review/tables.ts';
import type { Field } from './kit/field.ts';
import { isObjectWithout, shaped, wrongMembers, wrongUnless } from './kit/json-shape.ts';

const isWhole = (name: string) => `@.${name}.type() == "number" && @.${name}.floor() == @.${name}`;

/** What every reading is, or the graph could not give it. What is in the JSON Resume is nobody's business here. */
const WRONG = [
  wrongUnless(
    '$',
    '@.resume.type() == "object" && @.spans.type() == "array" && @.text.type() == "string"',
  ),
  wrongMembers('$', ['resume', 'spans', 'text']),
  wrongUnless(
    '$.spans[*]',
    `@.pointer.type() == "string" && ${isWhole('start')} && ${isWhole('end')}`,
  ),
  wrongMembers('$.spans[*]', ['pointer', 'start', 'end']),
];
const ADVICE =
  'must be a JSON object {resume, spans, text} of an object, an array of {pointer, start, end} and a text, and nothing else, or be absent';

const asWritten = (column: PgColumn) =>
  shaped(column, isObjectWithout(column, WRONG), sql`${column}`, ADVICE);

/** What was read for a review: both sides keep what the platform writes. */
export const reading: Field = {
  type: 'jsonb',
  legacy: asWritten(aiReviews.reading),
  new: asWritten(reviews.reading),
};
