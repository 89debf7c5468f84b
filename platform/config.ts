import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';

/** The environment that a process is started with: names to texts. */
export type Environment = Record<string, string | undefined>;

/** One or more variables are missing or malformed. The message names every one of them. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly problems: readonly string[];

  constructor(process: string, problems: readonly string[]) {
    super(
      `${process} cannot start: ${problems.length} bad environment variable(s)\n` +
        problems.map((problem) => `  - ${problem}`).join('\n'),
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the settings of one process from its environment, once, at its edge.
 * An empty variable counts as absent, so that `PORT= npm start` means the default. `NAME_FILE` names a file
 * that holds the value of `NAME`, as container platforms hand over secrets.
 *
 * @param process the name of the process, for the error
 * @param shape one zod type per variable; its `.describe()` says what is expected
 * @throws ConfigError that lists every bad variable with its name and what was expected
 */
export function readConfig<Shape extends z.ZodRawShape>(
  process: string,
  shape: Shape,
  environment: Environment = globalThis.process.env,
): z.infer<z.ZodObject<Shape>> {
  const unreadable = new Map<string, string>();
  const given: Environment = {};
  for (const name of Object.keys(shape)) {
    try {
      given[name] = valueOf(name, environment);
    } catch (error) {
      unreadable.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  const result = z.object(shape).safeParse(given);
  if (result.success && unreadable.size === 0) return result.data;
  const bad = result.success ? [] : problemsByVariable(result.error, shape, given);
  throw new ConfigError(process, [...new Map([...bad, ...unreadable]).values()]);
}

/** The value of a variable, or of the file that `NAME_FILE` names, less the line break at its end. */
function valueOf(name: string, environment: Environment): string | undefined {
  const value = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return value;
  if (value !== undefined) throw new Error(`${name} and ${name}_FILE are both set: keep one`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${name}_FILE names ${file}, which cannot be read (${code})`, { cause: error });
  }
}

function problemsByVariable(
  error: z.ZodError,
  shape: z.ZodRawShape,
  given: Environment,
): Map<string, string> {
  const problems = new Map<string, string>();
  for (const issue of error.issues) {
    const name = String(issue.path[0]);
    if (problems.has(name)) continue;
    const expected = (shape[name] as z.ZodType | undefined)?.description ?? issue.message;
    // Values are never repeated: they may be secrets.
    const state = given[name] === undefined ? 'is not set' : `is not valid (${issue.message})`;
    problems.set(name, `${name} ${state}: expected ${expected}`);
  }
  return problems;
}

/** A variable that may be absent. (zod's own `optional()` drops what a type says is expected.) */
export const optional = <T extends z.ZodType>(type: T) =>
  type.optional().describe(type.description ?? '');

/** A TCP port, or 0 for any free one. */
export const port = (fallback: number) =>
  z.coerce.number().int().min(0).max(65_535).default(fallback).describe('a port, 0 to 65535');

/** A whole number within bounds. */
export const wholeNumber = (fallback: number, minimum: number, maximum: number) =>
  z.coerce
    .number()
    .int()
    .min(minimum)
    .max(maximum)
    .default(fallback)
    .describe(`a whole number from ${minimum} to ${maximum}`);

/** `true` or `false`. */
export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true')
    .describe('true or false');

/** A secret of at least 32 characters. */
export const secret = () => z.string().min(32).describe('a secret of at least 32 characters');

/** The URL of a PostgreSQL database. */
export const databaseUrl = () =>
  z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('a PostgreSQL URL such as postgres://user:password@host:5432/database');

/** An HTTP URL. */
export const httpUrl = () => z.url({ protocol: /^https?$/ }).describe('an http or https URL');

/** A JSON text that a zod type accepts. */
export const json = <T extends z.ZodType>(type: T, expected: string) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(type)
    .describe(expected);

/** What every server process is told. Spread it into the shape of a process. */
export const serverSettings = (defaultPort: number) => ({
  HOST: z.string().default('127.0.0.1').describe('the address to listen on'),
  PORT: port(defaultPort),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent'),
});

/** Whether only this machine reaches what listens on an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** What every process with a database is told. */
export const databaseSettings = () => ({
  DATABASE_URL: databaseUrl(),
  DATABASE_POOL_SIZE: wholeNumber(10, 1, 200),
});

/** What every process that may use Redis is told; without it memory is used. */
export const cacheSettings = () => ({
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('a Redis URL such as redis://host:6379'),
});
