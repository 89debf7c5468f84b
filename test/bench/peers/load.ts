import autocannon from 'autocannon';

/** What is sent, and for how long. */
interface Load {
  readonly url: string;
  readonly requests: readonly { body: string; headers: Record<string, string> }[];
  readonly connections: number;
  readonly seconds: number;
  /** The only right answer; null where there are several. */
  readonly expected: string | null;
}

const load = await new Promise<Load>((resolve) => process.once('message', resolve));
const sent = load.requests.map(({ body, headers }) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', ...headers },
  body,
}));
const result = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  ...(load.expected === null ? { requests: sent } : { ...sent[0], expectBody: load.expected }),
});
process.disconnect();
const { latency, requests, errors, timeouts, mismatches, non2xx } = result;
console.log(
  JSON.stringify({
    perSecond: requests.total / result.duration,
    total: requests.total,
    p50: latency.p50,
    p99: latency.p99,
    wrong: errors + timeouts + mismatches + non2xx,
  }),
);
