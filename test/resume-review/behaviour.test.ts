import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resumeReviewBehaviour } from '../behaviour/resume-review.ts';
import { startStack, type Stack } from '../stack.ts';

// All moves on one side are tried in ../behaviour/domains.test.ts.
describe('where the resume-review subgraph answers and the monolith everything else', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ USE_NEW_UPLOAD: 'true', USE_NEW_AI: 'true' });
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
    expect(await uploaded(stack.databases.resume_review)).toBe(true);
    // #region monolith
    expect(await uploaded(stack.databases.legacy)).toBe(false);
    // #endregion monolith
  });
});
