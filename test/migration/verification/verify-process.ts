import { orderMove } from '../../../migration/moves/order.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { openAt, placesOver } from '../relay/places.ts';

/* A verification that takes its time, and notes after each range how far it is, for somebody to kill it. */
const [legacyUrl = '', newUrl = '', controlUrl = ''] = process.argv.slice(2);
const places = {
  ...placesOver(orderMove, openAt(legacyUrl, 3), openAt(newUrl, 3)),
  control: openAt(controlUrl, 2),
};
await verifyNow(places, {
  signature: { by: 'a process', reason: 'to be killed' },
  pauseMs: 1_000,
  notedEvery: 0,
});
process.exit();
