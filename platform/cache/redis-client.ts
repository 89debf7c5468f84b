import { createClient } from 'redis';
import type { Logger } from '#platform/log.ts';

export type RedisClient = Awaited<ReturnType<typeof redisClient>>;

/**
 * A client of Redis that reconnects by itself. A command fails at once while the connection is away. It is given 2 s to
 * connect, and comes without a connection where that is too little: nobody fails to start without Redis.
 *
 * @param without what goes on without Redis, for the log
 */
export async function redisClient(url: string, log: Logger, without: string) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 5_000),
    },
  });
  client.on('error', (error: Error) =>
    log.warn({ err: error }, `Redis does not answer: going on without ${without}`),
  );
  await Promise.race([client.connect().catch(() => {}), delay(2_000)]);
  return client;
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/**
 * The answer of Redis, if it comes in time: a server that hangs keeps its connection. (The client's own timeout is over
 * once a command is sent.)
 *
 * @param timeout in milliseconds
 * @throws what the command throws, and an error when the time is over
 */
export async function inTime<Answer>(command: Promise<Answer>, timeout: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis gave no answer in ${timeout} ms`)), timeout);
  });
  return Promise.race([command, late]).finally(() => clearTimeout(timer));
}
