import type { StoredReviewSection } from '../tables.ts';

/** What is to be reviewed. */
export interface ReviewRequest {
  /** The text of the resume. */
  readonly text: string;
  /** The job to hold it against, where one was given. */
  readonly jobDescription: string | null;
}

/** What a reviewer says. */
export interface ReviewResult {
  /** 0 to 100. */
  readonly score: number;
  readonly sections: StoredReviewSection[];
}

/** Whoever reads resumes: rules today, a language model perhaps tomorrow. */
export interface Reviewer {
  review(request: ReviewRequest): Promise<ReviewResult>;
}
