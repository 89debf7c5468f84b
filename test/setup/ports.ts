import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Linux gives clients, and servers that ask for any port, those from 32768 on. A port below is still free when the
 * process that it was drawn for listens at last, which may be many seconds later.
 */
const FIRST = 12_000;
const LAST = 32_000;

/** A port that is free now, and that the system gives to nobody by itself. */
export async function drawPort(): Promise<number> {
  const port = randomInt(FIRST, LAST);
  return (await isFree(port)) ? port : drawPort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
