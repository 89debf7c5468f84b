import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayBench, type BenchOptions } from './gateway-bench.ts';
import { ours } from './gateways.ts';

/**
 * Measures what it costs to report usage: our gateway without a collector, with one, with one that is away, and with the
 * times of the fields of every hundredth request.
 */
export async function usageBench(options: BenchOptions): Promise<void> {
  let received = 0;
  const collector = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      received += 1;
      response.end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const reports = (to: number) => ({
    USAGE_COLLECTOR_URL: `http://127.0.0.1:${to}`,
    USAGE_COLLECTOR_KEY: 'service:bench:key',
    // Ten times as often as without a setting.
    USAGE_INTERVAL_MS: '1000',
  });
  try {
    await gatewayBench(options, (supergraph) =>
      ours(supergraph, {
        'no collector': {},
        'a collector': reports(port),
        'a collector that is away': reports(9),
        'times of 1%': { ...reports(port), USAGE_TRACE_RATIO: '0.01' },
      }),
    );
    console.log(`${received} reports were received`);
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
}
