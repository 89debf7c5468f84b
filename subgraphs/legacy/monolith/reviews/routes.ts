import { maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithApp } from '../app.ts';
import { caller, requireCaller } from '../caller.ts';
import { requestReviewThere } from './forwarded.ts';
import { listReadings, readingFor } from './readings.ts';
import * as schemas from './schemas.ts';
import {
  findReviews,
  listByResumes,
  requestReview,
  reviewAnswer,
  reviewFor,
  type ReviewDeps,
} from './service.ts';

/** Reviews of resumes. */
export async function reviewRoutes(app: MonolithApp, deps: ReviewDeps): Promise<void> {
  for (const schema of schemas.reviewSchemas) app.addSchema(schema);
  const config = { audience: 'everyone' } as const;

  app.post(
    '/api/reviews',
    {
      schema: schemas.requestReview,
      config: { audience: 'store', writes: 'ai', forward: requestReviewThere },
    },
    async (request, reply) => {
      const review = await requestReview(deps, requireCaller(request), request.body);
      return reply.status(201).send(reviewAnswer(review));
    },
  );
  app.get('/api/reviews/:id', { schema: schemas.getReview, config }, async (request) =>
    reviewAnswer(await reviewFor(deps, requireCaller(request), request.params.id)),
  );
  app.get('/api/reviews/:id/reading', { schema: schemas.getReading, config }, async (request) =>
    readingFor(deps, requireCaller(request), request.params.id),
  );
  app.post(
    '/api/reviews/readings',
    { schema: schemas.lookUpReadings, config },
    async (request) => ({
      items: await listReadings(deps, caller(request), request.body.ids),
    }),
  );
  app.post('/api/reviews/lookup', { schema: schemas.lookUpReviews, config }, async (request) => {
    const rows = await findReviews(deps, request.body.ids);
    const seen = rows.filter((row) => maySeeUser(caller(request), row.userId));
    return { items: seen.map(reviewAnswer) };
  });
  app.post(
    '/api/reviews/by-resumes',
    { schema: schemas.listReviewsByResumes, config },
    async (request) => listByResumes(deps, requireCaller(request), request.body.resume_ids),
  );
}
