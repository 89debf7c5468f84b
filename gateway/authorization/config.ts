import { z } from 'zod';
import { optional } from '#platform/config.ts';

/** What authorization is told. */
export const authorizationSettings = () => ({
  /** The path of an ES module that decides the policies of `@policy`; without it none holds. */
  POLICIES: optional(z.string().min(1)).describe('the path of an ES module'),
});
