import { startFailure } from '#platform/process.ts';
import { seedConfig } from './config.ts';
import { seedMonolith } from './seed.ts';

/** From this scale on it takes long enough that people want to see it move. */
const SLOW_SCALE = 5;

try {
  const config = seedConfig();
  const say = config.SEED_SCALE >= SLOW_SCALE ? console.log : () => {};
  const start = performance.now();
  const { filled, rows } = await seedMonolith(config, say);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(
    filled
      ? `Demo data at scale ${config.SEED_SCALE}: ${rows.toLocaleString('en-US')} rows in ${seconds} s`
      : 'The database holds data already: nothing was added.',
  );
} catch (error) {
  console.error(startFailure('seed', error));
  process.exit(1);
}
