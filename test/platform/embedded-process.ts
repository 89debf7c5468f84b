// A process of its own for embedded.test.ts: starts a server, reports it as one line of JSON, and waits to be ended.
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';

const [directory = ''] = process.argv.slice(2);
const lines: string[] = [];
const server = await startEmbeddedPostgres({
  directory,
  settings: TEST_SETTINGS,
  say: (line) => lines.push(line),
});
// Before the report: whoever reads it may end us at once.
const waiting = setInterval(() => {}, 1_000);
process.once('SIGTERM', () => void server.stop().finally(() => clearInterval(waiting)));
console.log(JSON.stringify({ ...server, lines }));
