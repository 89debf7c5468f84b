import type { Actor, Setting } from './actor.ts';
import { Fault } from './door.ts';

/** Looks at lists and prices, with nobody logged in. */
export async function visitor({ door, findings }: Setting): Promise<Actor> {
  let before = 0;
  const look = async () => {
    const { total, items } = await door.browse();
    if (items.length !== 5) throw new Fault(`${items.length} products are shown, and not 5`);
    // Products come and go all the time; those of the demo data stay.
    if (total < 5 || total < before - 20) throw new Fault(`${total} products, after ${before}`);
    before = total;
  };
  return {
    async act() {
      await look();
      findings.did(`${door.name}: browse`);
    },
    review: look,
  };
}
