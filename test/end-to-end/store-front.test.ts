import { describe } from 'vitest';
import { SIDES } from './sides.ts';
import { NEWCOMER, REGULAR } from './store-front/people.ts';
import { storeFront } from './store-front/store-front.ts';

describe.each(SIDES)('the store front, answered %s', (_side, flags) => {
  storeFront(flags, { buyer: NEWCOMER, stranger: REGULAR });
});
