import autocannon from 'autocannon';

/** What is sent, and for how long. */
interface Load {
  readonly url: string;
  readonly requests: readonly { body: string; headers: Record<string, string> }[];
  readonly connections: number;
  readonly seconds: number;
  /** The right answer to each request. */
  readonly expected: readonly string[];
}

const load = await new Promise<Load>((resolve) => process.once('message', resolve));
const { url, connections, seconds, expected } = load;
const sent = load.requests.map(({ body, headers }) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', ...headers },
  body,
}));
let mismatched = 0;
let clients = 0;
/** Each connection begins elsewhere: in step they would ask the same at the same moment, which no real clients do. */
const requestsOf = (client: number) => {
  const start = Math.floor((client * sent.length) / connections);
  const checked = sent.map((request, index) => ({
    ...request,
    onResponse: (_status: number, text: string) => {
      if (text !== expected[index]) mismatched += 1;
    },
  }));
  return [...checked.slice(start), ...checked.slice(0, start)];
};
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  ...(sent.length === 1
    ? { ...sent[0], expectBody: expected[0] }
    : { setupClient: (client) => client.setRequests(requestsOf(clients++)) }),
});
process.disconnect();
const { latency, requests, errors, timeouts, mismatches, non2xx } = result;
console.log(
  JSON.stringify({
    perSecond: requests.total / result.duration,
    total: requests.total,
    p50: latency.p50,
    p99: latency.p99,
    wrong: errors + timeouts + mismatches + mismatched + non2xx,
  }),
);
