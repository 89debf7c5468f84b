import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Logger } from '#platform/log.ts';
import type { Judge } from './judging/judge.ts';

/** What the parts of the registry work with. */
export interface Registry {
  readonly db: NodePgDatabase;
  readonly judge: Judge;
  readonly log: Logger;
  /** The graph that is held here. */
  readonly graph: string;
  /** Where people reach it, without a slash at the end. */
  readonly url: () => string;
  /** Seconds after which gateways shall ask again. */
  readonly delaySeconds: number;
}

/** Where the report of a check can be read. */
export function checkUrl({ url }: Pick<Registry, 'url'>, id: string): string {
  return `${url()}/checks/${id}`;
}
