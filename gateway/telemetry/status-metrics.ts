import { Gauge, type Registry } from 'prom-client';
import type { FlagsStatus } from '../routing/flags/flags.ts';
import type { SupergraphStatus } from '../supergraph/supergraph-updates.ts';
import type { SubgraphStatus } from '../transport/subgraph-transport.ts';

/** Where the state of the gateway is read. */
export interface StatusSources {
  readonly supergraph: () => SupergraphStatus;
  readonly subgraphs: () => readonly SubgraphStatus[];
  /** null where no foreign provider of flags is asked. */
  readonly flags: () => FlagsStatus | null;
}

/** Gauges of what `/health/ready` shows as well. They are read when somebody asks, and cost nothing until then. */
export function addStatusMetrics(registry: Registry, sources: StatusSources): void {
  const { supergraph, subgraphs, flags } = sources;
  for (const gauge of supergraphGauges(supergraph)) registry.registerMetric(gauge);
  for (const gauge of subgraphGauges(subgraphs)) registry.registerMetric(gauge);
  registry.registerMetric(flagGauge(flags));
}

function supergraphGauges(status: StatusSources['supergraph']): Gauge[] {
  const info = new Gauge({
    name: 'gateway_supergraph_info',
    help: 'The supergraph in use, by the beginning of its SHA-256',
    labelNames: ['digest'],
    registers: [],
    collect() {
      this.reset();
      const { digest } = status();
      if (digest !== null) this.set({ digest: digest.slice(0, 12) }, 1);
    },
  });
  const age = new Gauge({
    name: 'gateway_supergraph_age_seconds',
    help: 'Seconds since the supergraph in use was taken up',
    registers: [],
    collect() {
      const { loadedAt } = status();
      if (loadedAt !== null) this.set((Date.now() - loadedAt.getTime()) / 1_000);
    },
  });
  const error = new Gauge({
    name: 'gateway_supergraph_error',
    help: '1 where the latest supergraph is not in use because it is bad or cannot be had',
    registers: [],
    collect() {
      this.set(status().lastError === null ? 0 : 1);
    },
  });
  return [info, age, error];
}

/** Several senders of one subgraph count together: there are some where its URL has changed. */
function subgraphGauges(status: StatusSources['subgraphs']): Gauge[] {
  const addresses = new Gauge({
    name: 'subgraph_addresses',
    help: 'Addresses of a subgraph: those that are asked, and those left out because they failed',
    labelNames: ['subgraph', 'state'],
    registers: [],
    collect() {
      this.reset();
      for (const { subgraph, knownAddresses, openAddresses } of status()) {
        this.inc({ subgraph, state: 'asked' }, openAddresses);
        this.inc({ subgraph, state: 'left_out' }, knownAddresses - openAddresses);
      }
    },
  });
  const inFlight = new Gauge({
    name: 'subgraph_requests_in_flight',
    help: 'Requests to a subgraph under way, those that wait for a connection included',
    labelNames: ['subgraph'],
    registers: [],
    collect() {
      this.reset();
      for (const { subgraph, inFlight: count } of status()) this.inc({ subgraph }, count);
    },
  });
  return [addresses, inFlight];
}

function flagGauge(status: StatusSources['flags']): Gauge {
  return new Gauge({
    name: 'flag_provider_left_out',
    help: '1 while the provider of flags is not asked because it did not answer in time',
    registers: [],
    collect() {
      const flags = status();
      if (flags !== null) this.set(flags.state === 'left out' ? 1 : 0);
    },
  });
}
