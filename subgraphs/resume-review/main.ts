import { runProcess } from '#platform/process.ts';
import { resumeReviewConfig } from './config.ts';
import { startResumeReview } from './server.ts';

await runProcess('resume-review', () => startResumeReview(resumeReviewConfig()));
