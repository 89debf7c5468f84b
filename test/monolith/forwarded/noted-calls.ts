import type { RestOptions, RestReply, TwoOwners } from './two-owners.ts';

/** A call and what it was answered, without what differs from time to time. */
export interface NotedCall {
  readonly call: string;
  readonly status: number;
  readonly retryAfter: boolean;
  readonly body: unknown;
}

/** Calls the monolith, and notes what it answers. */
export interface Notebook {
  readonly calls: NotedCall[];
  readonly call: (method: string, path: string, options?: RestOptions) => Promise<RestReply>;
}

/** @param names what is called differently each time, such as e-mail addresses, is written as `<name>` */
export function notebook(owners: TwoOwners, names: readonly string[] = []): Notebook {
  const calls: NotedCall[] = [];
  return {
    calls,
    call: async (method, path, options) => {
      const reply = await owners.call(method, path, options);
      calls.push({
        call: `${method} ${timeless(path, names)}`,
        status: reply.status,
        retryAfter: reply.headers.has('retry-after'),
        body: JSON.parse(timeless(JSON.stringify(reply.body), names)),
      });
      return reply;
    },
  };
}

/** The calls that write something. */
export const writesOf = (calls: readonly NotedCall[]): NotedCall[] =>
  calls.filter(({ call }) => !/^GET|\/available$/.test(call));

/** The same text without ids, times, numbers of orders, tokens and signatures. */
function timeless(text: string, names: readonly string[]): string {
  const known = names.reduce((rest, name) => rest.replaceAll(name, '<name>'), text);
  return known
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:\+09:00|Z)/g, '<time>')
    .replace(/("durationMs": ?)\d+/g, '$1"<duration>"')
    .replace(/SO-\d+/g, '<number>')
    .replace(/"(access|refresh)_token":"[^"]+"/g, '"$1_token":"<token>"')
    .replace(/expires=\d+&signature=[\w-]+/g, '<signature>')
    .replace(/"retry_after":\d+/g, '"retry_after":0')
    .replace(/wait \d+ seconds/g, 'wait 0 seconds');
}
