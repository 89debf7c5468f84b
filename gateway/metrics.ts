import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { PinMetrics } from './mutations/pinner.ts';
import type { SettlementMetrics } from './mutations/settlement.ts';
import type { PlanningMetrics } from './planning/metrics.ts';
import type { FlagMetrics } from './routing/flags/flags.ts';
import type { MoveStateMetrics } from './routing/knowledge.ts';
import type { TransportMetrics } from './transport/subgraph-transport.ts';

/** What only the gateway counts. */
export interface GatewayMetrics {
  readonly transport: TransportMetrics;
  readonly routing: MoveStateMetrics & FlagMetrics;
  /** Root fields of mutations that were planned again or waited, by reason (not owner, moving, not found here). */
  readonly replans: Counter<'reason'>;
  readonly settlement: SettlementMetrics & PinMetrics;
  readonly planning: PlanningMetrics;
  /** Supergraphs taken up. */
  readonly supergraphLoads: Counter;
}

/** @param registry where `/metrics` reads */
export function gatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  return {
    transport: transportMetrics(registers),
    routing: routingMetrics(registers),
    replans: new Counter({
      name: 'mutation_replans_total',
      help: 'Root fields of mutations that were planned again or waited because of who owns the data',
      labelNames: ['reason'],
      registers,
    }),
    settlement: settlementMetrics(registers),
    planning: planningMetrics(registers),
    supergraphLoads: new Counter({
      name: 'supergraph_loads_total',
      help: 'Supergraphs taken up',
      registers,
    }),
  };
}

function settlementMetrics(registers: Registry[]): SettlementMetrics & PinMetrics {
  const seconds = new Histogram({
    name: 'mutation_settlement_duration_seconds',
    help: 'Seconds that mutations waited until later queries see what they wrote, by how that came about',
    labelNames: ['outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  return {
    settled: (outcome, took) => seconds.observe({ outcome }, took),
    pinned: new Counter({
      name: 'move_pins_made_total',
      help: 'Pins of readers to the side that has what they must see',
      registers,
    }),
    unconfirmed: new Counter({
      name: 'mutations_answered_unconfirmed_total',
      help: 'Mutations that were answered before every replica was known to go by their pins',
      registers,
    }),
  };
}

function planningMetrics(registers: Registry[]): PlanningMetrics {
  return {
    lookups: new Counter({
      name: 'query_plans_total',
      help: 'Look-ups in the query plan cache',
      labelNames: ['result'],
      registers,
    }),
    seconds: new Histogram({
      name: 'query_planning_duration_seconds',
      help: 'Seconds that one query plan took',
      labelNames: ['purpose'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    failures: new Counter({
      name: 'query_planning_failures_total',
      help: 'Operations that could not be planned',
      labelNames: ['code'],
      registers,
    }),
    evictions: new Counter({
      name: 'query_plan_evictions_total',
      help: 'Operations whose query plans were dropped for want of room',
      registers,
    }),
    kept: new Gauge({ name: 'query_plans_kept', help: 'Query plans in the cache', registers }),
    waiting: new Gauge({
      name: 'query_plannings_waiting',
      help: 'Operations that wait to be planned',
      registers,
    }),
    replacements: new Counter({
      name: 'query_planning_worker_replacements_total',
      help: 'Planning workers that had to be replaced',
      registers,
    }),
  };
}

function transportMetrics(registers: Registry[]): TransportMetrics {
  const labelNames = ['subgraph'] as const;
  const requests = new Counter({
    name: 'subgraph_requests_total',
    help: 'Requests sent to subgraphs',
    labelNames: ['subgraph', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'subgraph_request_duration_seconds',
    help: 'Seconds from request to answer of a subgraph',
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const retries = new Counter({
    name: 'subgraph_retries_total',
    help: 'Further attempts at requests to subgraphs',
    labelNames,
    registers,
  });
  const shared = new Counter({
    name: 'subgraph_shared_fetches_total',
    help: 'Fetches that were answered by an equal one in flight',
    labelNames,
    registers,
  });
  return {
    ended: (subgraph, outcome, took) => {
      requests.inc({ subgraph, outcome });
      seconds.observe({ subgraph }, took);
    },
    retried: (subgraph) => retries.inc({ subgraph }),
    shared: (subgraph) => shared.inc({ subgraph }),
  };
}

function routingMetrics(registers: Registry[]): MoveStateMetrics & FlagMetrics {
  return {
    secondsSinceConfirmed: new Gauge({
      name: 'move_states_unconfirmed_seconds',
      help: 'Seconds since the control database last confirmed the states of the moves',
      registers,
    }),
    reconnects: new Counter({
      name: 'move_states_reconnects_total',
      help: 'Connections to the control database that were made after one was lost',
      registers,
    }),
    leaseWaits: new Counter({
      name: 'queries_held_for_lease_total',
      help: 'Queries that waited because this replica may have missed a change of the moves',
      registers,
    }),
    unleased: new Counter({
      name: 'queries_without_lease_total',
      help: 'Queries that waited in vain, and went to the owner as far as it was known',
      registers,
    }),
    fallbacks: new Counter({
      name: 'flag_fallbacks_total',
      help: 'Flags that the states of the moves decided because their provider did not',
      registers,
    }),
  };
}
