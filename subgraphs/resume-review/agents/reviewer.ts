import type { StoredSection } from '../tables.ts';

/** What is to be reviewed. */
export interface ReviewTask {
  /** The text of the resume. */
  readonly text: string;
  /** The job to hold it against, where one was given. */
  readonly jobDescription: string | null;
}

/** What a reviewer says. */
export interface Verdict {
  /** 0 to 100. */
  readonly score: number;
  readonly sections: readonly StoredSection[];
}

/** Whoever reads resumes and says what could be better. */
export interface Reviewer {
  review(task: ReviewTask): Promise<Verdict>;
}
