import { runProcess } from '#platform/process.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { ArgumentError, gatewayArguments, HELP } from './arguments.ts';
import { gatewayConfig, standaloneConfig } from './config.ts';
import { startGateway } from './server.ts';
import { SupergraphError } from './supergraph/supergraph.ts';

await runProcess('gateway', async () => {
  try {
    return await start();
  } catch (error) {
    // What the caller can mend is said in one line.
    if (!(error instanceof ArgumentError || error instanceof SupergraphError)) throw error;
    console.error(`gateway cannot start: ${error.message}`);
    return process.exit(1);
  }
});

function start(): Promise<RunningServer> {
  const given = gatewayArguments(process.argv.slice(2));
  if (given === 'help') {
    console.log(HELP);
    process.exit(0);
  }
  return startGateway(given ? standaloneConfig(given) : gatewayConfig());
}
