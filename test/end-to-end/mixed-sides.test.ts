import { describe } from 'vitest';
import { labelsOn } from './sides.ts';
import { NEWCOMER, REGULAR } from './store-front/people.ts';
import { storeFront } from './store-front/store-front.ts';

// Data does not move while it is served, and an account of the new side is told to the monolith at a handover
// only: so who orders here was there before.
describe.each([[['auth', 'product']], [['inventory', 'order']]])(
  'the store front, with %j moved and all else at the monolith',
  (labels) => {
    storeFront(labelsOn(...labels), { buyer: REGULAR, stranger: NEWCOMER });
  },
);
