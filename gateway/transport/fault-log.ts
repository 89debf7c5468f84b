import type { SubgraphFault } from './subgraph-fault.ts';

/** Where the faults of subgraphs are written. */
export interface FaultLogger {
  warn(fields: object, message: string): void;
}

/** Milliseconds within which equal faults of one subgraph are written once: under load each is the same news. */
const INTERVAL = 1_000;

/** Writes faults, each kind of a subgraph at most once a second, with how many more there were. */
export function faultLog(log: FaultLogger): (fault: SubgraphFault, requestId?: string) => void {
  const kinds = new Map<string, { at: number; omitted: number }>();
  return (fault, requestId) => {
    const { code, serviceName } = fault.extensions;
    const key = `${serviceName} ${code}`;
    const kind = kinds.get(key);
    const now = performance.now();
    if (kind && now - kind.at < INTERVAL) {
      kind.omitted += 1;
      return;
    }
    kinds.set(key, { at: now, omitted: 0 });
    const reason = fault.cause instanceof Error ? fault.cause.message : fault.message;
    const more = kind && kind.omitted > 0 ? { alsoFailed: kind.omitted } : {};
    log.warn({ ...fault.extensions, reason, requestId, ...more }, 'a subgraph failed');
  };
}
