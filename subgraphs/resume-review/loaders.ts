import type DataLoader from 'dataloader';
import type { Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { listLoader, loaderByKey, nestedLists } from '#platform/graph/loader.ts';
import type { ResumeReading } from '#platform/resumes/structure/json-resume.ts';
import { resumesByIds, type ResumeRow } from './repository/resumes.ts';
import {
  readingsOfReviews,
  reviewsByIds,
  reviewsOfResumes,
  type ReviewRow,
} from './repository/reviews.ts';
import { listResumesOfOwners } from './service/resumes.ts';

/** What the rows of one level of a query are loaded with, all at once. Who may see them is not looked at. */
export interface Loaders {
  readonly resumes: DataLoader<string, ResumeRow | null>;
  readonly reviews: DataLoader<string, ReviewRow | null>;
  /** What was read, by the id of the review. */
  readonly readings: DataLoader<string, ReviewReading | null>;
  /** The reviews of a resume, newest first. */
  readonly reviewsOfResume: DataLoader<string, readonly ReviewRow[]>;
  /** A page of the resumes of an account, newest first. */
  resumesOfOwner(ownerId: string, page: Page): Promise<PageResult<ResumeRow>>;
}

interface ReviewReading {
  readonly id: string;
  readonly reading: ResumeReading | null;
}

export function createLoaders(db: Db): Loaders {
  return {
    resumes: loaderByKey(
      (ids) => resumesByIds(db, ids),
      (row) => row.id,
    ),
    reviews: loaderByKey(
      (ids) => reviewsByIds(db, ids),
      (row) => row.id,
    ),
    readings: loaderByKey(
      (ids) => readingsOfReviews(db, ids),
      (row) => row.id,
    ),
    reviewsOfResume: listLoader(
      (ids) => reviewsOfResumes(db, ids),
      (row) => row.resumeId,
    ),
    resumesOfOwner: nestedLists((ids, page) => listResumesOfOwners(db, ids, page)),
  };
}
