import { expect, test } from 'vitest';
import { resumeReviewConfig } from '../../subgraphs/resume-review/config.ts';

const SECRET = 'x'.repeat(32);

test('the resume-review subgraph needs a database and its secrets, and has a default for all else', () => {
  const DATABASE_URL = 'postgres://resume_review@127.0.0.1/resume_review';
  const config = resumeReviewConfig({
    DATABASE_URL,
    IDENTITY_SECRET: SECRET,
    UPLOAD_SECRET: SECRET,
  });
  expect(config).toMatchObject({ PORT: 8015, DATABASE_URL, DATABASE_POOL_SIZE: 10 });
  expect(config.UPLOAD_DIRECTORY).toMatch(/resume-review-uploads$/);
});

test('every bad variable is named', () => {
  const given = { UPLOAD_SECRET: 'short', PORT: 'x' };
  for (const name of ['DATABASE_URL', 'IDENTITY_SECRET', 'UPLOAD_SECRET', 'PORT']) {
    expect(() => resumeReviewConfig(given)).toThrow(`- ${name} `);
  }
});
