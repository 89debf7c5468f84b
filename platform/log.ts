import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * The log of one process: JSON lines on standard output, each with the name of the process.
 * Secrets that travel in headers are never written.
 */
export function createLog(process: string, level: string): Logger {
  return pino({
    name: process,
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.authorization', 'req.headers.cookie', 'req.headers["x-identity"]'],
  });
}
