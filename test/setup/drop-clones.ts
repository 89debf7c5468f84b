import { afterAll } from 'vitest';
import { clones } from './clones.ts';

// Hooks of a setup file run last, when the test file has closed its connections.
afterAll(async () => {
  if (clones.length === 0) return;
  // Most files clone nothing, and need not load what that takes.
  const { dropClones } = await import('./databases.ts');
  await dropClones();
});
