import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resumeReviewBehaviour } from '../behaviour/resume-review.ts';
import { startResumeStack, type ResumeStack } from './resume-stack.ts';

describe('where the resume-review subgraph answers', () => {
  let stack: ResumeStack;
  beforeAll(async () => {
    stack = await startResumeStack({ USE_NEW_UPLOAD: 'true', USE_NEW_AI: 'true' });
  });
  afterAll(() => stack?.close());

  resumeReviewBehaviour(() => stack);

  test('only that side was written to', async () => {
    const uploaded = async (url: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const found = await client.query(
        'select from resumes where sha256 in (select sha256 from resumes group by 1 having count(*) > 1)',
      );
      await client.end();
      return found.rowCount !== 0;
    };
    expect(await uploaded(stack.resumeReviewDatabase)).toBe(true);
    expect(await uploaded(stack.databases.legacy)).toBe(false);
  });
});
