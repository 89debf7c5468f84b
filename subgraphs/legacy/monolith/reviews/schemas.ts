import { Type } from '@fastify/type-provider-typebox';
import type { JsonResume } from '#platform/resumes/structure/json-resume.ts';
import {
  answers,
  created,
  idList,
  idParams,
  itemsOf,
  lookupBody,
  nullableInteger,
  nullableText,
  ref,
  uuidSchema,
} from '../schemas.ts';

const findingSchema = Type.Object({
  level: Type.Enum(['PRAISE', 'HINT', 'WARNING', 'CRITICAL'], { type: 'string' }),
  text: Type.String(),
  quote: Type.Optional(Type.String({ description: 'The passage that it is about.' })),
  advice: Type.Optional(Type.String()),
});

const sectionSchema = Type.Object({
  name: Type.String(),
  score: Type.Integer({ description: '0 to 100.' }),
  findings: Type.Array(findingSchema, { description: 'Gravest first.' }),
});

const agentRunSchema = Type.Object({
  attempt: Type.Optional(
    Type.Integer({
      description: 'Which try to write the review it belongs to; absent: the first.',
    }),
  ),
  agent: Type.Enum(['structure', 'content', 'language', 'match'], { type: 'string' }),
  driver: Type.String(),
  model: nullableText(),
  startedAt: Type.String(),
  durationMs: Type.Integer(),
  inputTokens: Type.Integer(),
  outputTokens: Type.Integer(),
  costMicros: Type.Integer({ description: 'Millionths of a dollar.' }),
  outcome: Type.Enum(['COMPLETED', 'FAILED'], { type: 'string' }),
  message: nullableText(),
});

export const reviewSchema = Type.Object(
  {
    review_id: uuidSchema(),
    resume_id: uuidSchema(),
    job_desc: nullableText(),
    state: Type.Enum(['DONE', 'ERR'], { type: 'string' }),
    score: nullableInteger({ description: '0 to 100; null where the review failed.' }),
    sections: Type.Array(sectionSchema),
    error_msg: nullableText({ description: 'Why the review failed, where it did.' }),
    agent_runs: Type.Array(agentRunSchema, { description: 'What the agents of the reviewer did.' }),
    requested_at: Type.String(),
    finished_at: Type.String(),
  },
  { $id: 'Review', description: 'A review of a resume.' },
);

const spanSchema = Type.Object({
  pointer: Type.String({ description: 'The value in the JSON Resume, as JSON Pointer.' }),
  start: Type.Integer({ description: 'Where it begins in the text, in UTF-16 code units.' }),
  end: Type.Integer({ description: 'Where it ends.' }),
});

const readingSchema = Type.Object(
  {
    review_id: uuidSchema(),
    resume: Type.Unsafe<JsonResume>(
      Type.Object({}, { additionalProperties: true, description: 'A JSON Resume 1.0.0.' }),
    ),
    spans: Type.Array(spanSchema, { description: 'Where each value was read.' }),
    text: Type.String({ description: 'The text of the file, up to 50,000 UTF-16 code units.' }),
  },
  { $id: 'ReviewReading', description: 'What was read from the file of a reviewed resume.' },
);

/** The schemas that the answers of this area name. */
export const reviewSchemas = [reviewSchema, readingSchema];

const requestBody = Type.Object({
  resume_id: uuidSchema(),
  job_desc: Type.Optional(
    nullableText({ description: 'A job description to hold it against: up to 20,000 characters.' }),
  ),
  idem_key: Type.Optional(
    nullableText({
      description: '8 to 100 characters: asking again with it gives the same review.',
    }),
  ),
});

const tags = ['reviews'];

export const requestReview = {
  operationId: 'requestReview',
  summary: 'Reviews a resume, while the request waits.',
  tags,
  body: requestBody,
  response: created(ref(reviewSchema)),
};

export const getReview = {
  operationId: 'getReview',
  summary: "A review of a resume of the caller's own, or any for staff.",
  tags,
  params: idParams,
  response: answers(ref(reviewSchema)),
};

export const lookUpReviews = {
  operationId: 'lookUpReviews',
  summary: 'Reviews by id: those that exist and may be seen.',
  tags,
  body: lookupBody,
  response: answers(itemsOf(reviewSchema)),
};

export const getReading = {
  operationId: 'getReviewReading',
  summary: 'What was read from the file of a reviewed resume, with the span of each value.',
  tags,
  params: idParams,
  response: answers(ref(readingSchema)),
};

export const lookUpReadings = {
  operationId: 'lookUpReviewReadings',
  summary: 'What was read for reviews: of those that have a reading and may be seen.',
  tags,
  body: lookupBody,
  response: answers(itemsOf(readingSchema)),
};

export const listReviewsByResumes = {
  operationId: 'listReviewsByResumes',
  summary: 'The reviews of resumes, newest first.',
  tags,
  body: Type.Object({ resume_ids: idList() }),
  response: answers(
    Type.Object({
      groups: Type.Array(
        Type.Object({ owner_id: uuidSchema(), items: Type.Array(ref(reviewSchema)) }),
      ),
    }),
  ),
};
