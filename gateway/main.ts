import { runProcess } from '#platform/process.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { ArgumentError, gatewayArguments, HELP } from './arguments.ts';
import { gatewayConfig, standaloneConfig } from './config.ts';
import { startGateway } from './server.ts';
import { PoliciesError } from './authorization/policies.ts';
import { SafelistError } from './limits/safelist.ts';
import { KnownOperationsError } from './planning/known-operations.ts';
import { FlagProviderError } from './routing/flags/flag-provider-error.ts';
import { SupergraphError } from './supergraph/supergraph.ts';

const MENDABLE = [
  ArgumentError,
  SupergraphError,
  FlagProviderError,
  KnownOperationsError,
  SafelistError,
  PoliciesError,
];

await runProcess('gateway', async () => {
  try {
    return await start();
  } catch (error) {
    // What the caller can mend is said in one line.
    const isMendable = MENDABLE.some((kind) => error instanceof kind);
    if (!isMendable || !(error instanceof Error)) throw error;
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
