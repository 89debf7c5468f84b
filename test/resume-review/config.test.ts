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

test('a model needs a name, prices and a key: without prices, the budget of a day would bound nothing', () => {
  const given = {
    DATABASE_URL: 'postgres://resume_review@127.0.0.1/resume_review',
    IDENTITY_SECRET: SECRET,
    UPLOAD_SECRET: SECRET,
  };
  const config = (more: Record<string, string>) => () => resumeReviewConfig({ ...given, ...more });
  const full = { AI_API_KEY: 'k', AI_MODEL: 'm', AI_INPUT_PRICE: '0', AI_OUTPUT_PRICE: '0.5' };
  for (const AI_DRIVER of ['anthropic', 'openai-compatible']) {
    for (const name of Object.keys(full)) {
      const missing = config({ ...full, AI_DRIVER, [name]: '' });
      expect(missing).toThrow(`1 bad environment variable(s)\n  - ${name} is not set: expected `);
    }
    expect(config({ ...full, AI_DRIVER, AI_INPUT_PRICE: 'x' })).toThrow('- AI_INPUT_PRICE is not');
    expect(config({ ...full, AI_DRIVER })().model).toMatchObject({
      ...full,
      AI_INPUT_PRICE: 0,
      AI_OUTPUT_PRICE: 0.5,
    });
  }
  // An end point of one's own may ask for no key.
  const own = { ...full, AI_API_KEY: '', AI_BASE_URL: 'http://127.0.0.1:11434/v1' };
  expect(config({ ...own, AI_DRIVER: 'openai-compatible' })().model?.AI_API_KEY).toBeUndefined();
  expect(config({ ...own, AI_DRIVER: 'anthropic' })).toThrow('- AI_API_KEY is not set');
});
