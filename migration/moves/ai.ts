import { sql, type SQL } from 'drizzle-orm';
import { aiReviews } from '../../subgraphs/legacy/monolith/tables.ts';
import { reviews } from '../../subgraphs/resume-review/tables.ts';
import { oneOf, time } from './kit/codecs.ts';
import { asItIs, literal, nameOf, same, type Field } from './kit/field.ts';
import { isListWithout, shaped, wrongMembers, wrongUnless } from './kit/json-shape.ts';
import { rootedKind } from './kit/kind.ts';
import type { MoveMapping } from './mapping.ts';
import { reading } from './review-reading.ts';
import { unfinishedReviews } from './unfinished-reviews.ts';

// ---- status: the monolith knows reviews that are done, and reviews that failed

/**
 * What the monolith says of a review that was cancelled, and by which it is known on the way back; a reason follows
 * after a blank.
 */
const CANCELLED = 'The review was cancelled.';
const isCancelText = (text: SQL) =>
  sql`(${text} = ${literal(CANCELLED)} or starts_with(${text}, ${literal(`${CANCELLED} `)}))`;

const wasCancelled = sql`${aiReviews.state} = 'ERR' and coalesce(${isCancelText(sql`${aiReviews.errorMsg}`)}, false)`;

/** What is said of a review that has not ended. */
const PASSING = 'is still being written';

/**
 * A review that is being written stays where it is: its side alone can bring it to an end.
 * It is carried over when it has ended, because that changes its row.
 */
const status: Field = {
  type: 'text',
  legacy: {
    ...asItIs(aiReviews.state),
    value: sql`case when ${wasCancelled} then 'CANCELLED' else ${oneOf(sql`${aiReviews.state}`, [
      ['DONE', 'COMPLETED'],
      ['ERR', 'FAILED'],
    ])} end`,
    problem: sql`concat('"', ${aiReviews.state}, '" is none of DONE, ERR: mend the row, or teach migration/moves/ai.ts the word')`,
    stored: (word) => sql`case when ${word} = 'COMPLETED' then 'DONE' else 'ERR' end`,
  },
  new: {
    ...asItIs(reviews.status),
    value: sql`case when ${reviews.completedAt} is not null
      and ${reviews.status}::text in ('COMPLETED', 'FAILED', 'CANCELLED') then ${reviews.status}::text end`,
    problem: sql`concat('"', ${reviews.status}, '" ${sql.raw(PASSING)}, and the monolith knows only reviews that have ended: wait until it has')`,
    stored: (word) => sql`${word}::review_status`,
  },
};

const failureReason: Field = {
  type: 'text',
  legacy: {
    where: nameOf(aiReviews.errorMsg),
    given: sql`${aiReviews.errorMsg}`,
    value: sql`case when not (${wasCancelled}) then ${aiReviews.errorMsg}
      when ${aiReviews.errorMsg} <> ${literal(CANCELLED)} then substr(${aiReviews.errorMsg}, ${sql.raw(String(CANCELLED.length + 2))}) end`,
    column: aiReviews.errorMsg,
    stored: (reason) =>
      sql`case when v."status" = 'CANCELLED' then concat_ws(' ', ${literal(CANCELLED)}, ${reason}) else ${reason} end`,
  },
  new: {
    ...asItIs(reviews.failureReason),
    value: sql`case when not (${reviews.status} = 'FAILED' and ${isCancelText(sql`${reviews.failureReason}`)})
      then ${reviews.failureReason} end`,
    problem: sql`concat('"', left(${reviews.failureReason}, 200), '" is how the monolith says that a review was cancelled, and this one failed: give another reason')`,
  },
};

// ---- sections: the members of their findings have other names

/** Names of members in the monolith, and in the domain. An optional one that is absent stays absent. */
const MEMBERS = [
  ['level', 'severity'],
  ['text', 'message'],
  ['quote', 'evidence'],
  ['advice', 'suggestion'],
] as const;
const BACK = MEMBERS.map(([there, here]) => [here, there] as const);

/** Whether these are sections `{name, score, findings}` with findings of four such members, and nothing else. */
function areSections(column: typeof aiReviews.sections | typeof reviews.sections, names: string[]) {
  const [severity, message, ...optional] = names;
  const levels = ['PRAISE', 'HINT', 'WARNING', 'CRITICAL'].map(
    (one) => `@.${severity} == "${one}"`,
  );
  const texts = optional.map((name) => {
    const isText = `@.${name}.type() == "string" || @.${name}.type() == "null"`;
    // Unknown where there is none.
    return `(${isText} || (${isText}) is unknown)`;
  });
  return isListWithout(column, [
    wrongUnless(
      '$[*]',
      '@.name.type() == "string" && @.score.type() == "number" && @.score.floor() == @.score && @.findings.type() == "array"',
    ),
    wrongMembers('$[*]', ['name', 'score', 'findings']),
    wrongUnless(
      '$[*].findings[*]',
      `@.${severity}.type() == "string" && (${levels.join(' || ')}) && @.${message}.type() == "string" && ${texts.join(' && ')}`,
    ),
    wrongMembers('$[*].findings[*]', names),
  ]);
}

/** Sections with other names for the members of their findings, in their order. */
function renamed(sections: SQL, names: readonly (readonly [from: string, to: string])[]): SQL {
  const finding = sql`(select jsonb_object_agg(${oneOf(sql`m.key`, names)}, m.value) from jsonb_each(f.finding) m)`;
  return sql`(select coalesce(jsonb_agg(s.section || jsonb_build_object('findings',
      (select coalesce(jsonb_agg(${finding} order by f.n), '[]')
        from jsonb_array_elements(s.section -> 'findings') with ordinality f(finding, n))) order by s.n), '[]')
    from jsonb_array_elements(${sections}) with ordinality s(section, n))`;
}

const adviceFor = (names: readonly string[]) =>
  `must be a JSON array of sections {name, score, findings}, with findings {${names.join(', ')}} and nothing else`;
const [there, here] = [MEMBERS.map(([name]) => name), MEMBERS.map(([, name]) => name)];

const sections: Field = {
  type: 'jsonb',
  legacy: shaped(
    aiReviews.sections,
    areSections(aiReviews.sections, there),
    renamed(sql`${aiReviews.sections}`, MEMBERS),
    adviceFor(there),
    (canonical) => renamed(canonical, BACK),
  ),
  new: shaped(
    reviews.sections,
    areSections(reviews.sections, here),
    sql`${reviews.sections}`,
    adviceFor(here),
  ),
};

/** Whose review it is says its resume. Null where that is gone: it has taken its reviews along. */
const owner = '(select u.owner_id::text from public.resumes u where u.id = r.resume_id)';
const ownerThere = '(select u.user_id::text from public.resumes u where u.resume_id = r.resume_id)';

const review = rootedKind({
  name: 'review',
  place: 'in the resume-review database',
  fields: {
    id: same(aiReviews.reviewId, reviews.id),
    resumeId: same(aiReviews.resumeId, reviews.resumeId),
    jobDescription: same(aiReviews.jobDesc, reviews.jobDescription),
    status,
    overallScore: same(aiReviews.score, reviews.overallScore),
    sections,
    failureReason,
    requestedAt: time(aiReviews.requestedAt, reviews.requestedAt),
    completedAt: time(aiReviews.finishedAt, reviews.completedAt),
    idempotencyKey: same(aiReviews.idemKey, reviews.idempotencyKey),
    agentRuns: same(aiReviews.agentRuns, reviews.agentRuns),
    reading,
  },
  captured: {
    legacy: [{ table: aiReviews, aggregate: 'r.review_id', key: ownerThere, reader: ownerThere }],
    new: [{ table: reviews, aggregate: 'r.id', key: owner, reader: owner }],
  },
});

/** Reviews. They refer to resumes, so the monolith must have those first: move `upload` before. */
export const aiMove: MoveMapping = {
  name: 'ai',
  kinds: [review],
  unfinished: unfinishedReviews,
  passing: PASSING,
};
