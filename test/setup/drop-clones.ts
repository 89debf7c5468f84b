import { afterAll } from 'vitest';
import { dropClones } from './databases.ts';

// Hooks of a setup file run last, when the test file has closed its connections.
afterAll(dropClones);
