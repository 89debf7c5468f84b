import type { Kind, MoveMapping } from '../../../migration/moves/mapping.ts';
import * as monolith from '../../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../../subgraphs/resume-review/tables.ts';
import { unused } from './order-mapping.ts';

const resume: Kind = {
  name: 'resume',
  sides: {
    legacy: {
      ...unused,
      root: monolith.resumes,
      rootId: monolith.resumes.resumeId,
      captured: [
        {
          table: monolith.resumes,
          aggregate: 'r.resume_id',
          key: 'r.user_id',
          reader: 'r.user_id',
          takesAlong: {
            move: 'ai',
            kind: 'review',
            ids: 'select a.review_id from ai_reviews a where a.resume_id = r.resume_id',
          },
        },
      ],
    },
    new: {
      ...unused,
      root: resumeReview.resumes,
      rootId: resumeReview.resumes.id,
      captured: [
        {
          table: resumeReview.resumes,
          aggregate: 'r.id',
          key: 'r.owner_id',
          reader: 'r.owner_id',
          takesAlong: {
            move: 'ai',
            kind: 'review',
            ids: 'select a.id from reviews a where a.resume_id = r.id',
          },
        },
      ],
    },
  },
};

const legacyOwner = '(select p.user_id from resumes p where p.resume_id = r.resume_id)';
const newOwner = '(select p.owner_id from resumes p where p.id = r.resume_id)';

const review: Kind = {
  name: 'review',
  sides: {
    legacy: {
      ...unused,
      root: monolith.aiReviews,
      rootId: monolith.aiReviews.reviewId,
      captured: [
        {
          table: monolith.aiReviews,
          aggregate: 'r.review_id',
          key: legacyOwner,
          reader: legacyOwner,
        },
      ],
    },
    new: {
      ...unused,
      root: resumeReview.reviews,
      rootId: resumeReview.reviews.id,
      captured: [
        { table: resumeReview.reviews, aggregate: 'r.id', key: newOwner, reader: newOwner },
      ],
    },
  },
};

/** Two moves whose tables are in one database on either side, and meet in a cascade. */
export const uploadMapping: MoveMapping = { name: 'upload', kinds: [resume] };
export const aiMapping: MoveMapping = { name: 'ai', kinds: [review] };
