import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Pool } from 'undici';
import { addressHealth, type AddressHealth } from './address-health.ts';

/** One address of a subgraph: its connections, and how it fares. */
export interface Address {
  readonly ip: string;
  readonly pool: Pool;
  readonly health: AddressHealth;
  inFlight: number;
}

/** All addresses that the host name of a subgraph has. */
export interface Addresses {
  /**
   * The address for the next request: of those that are well, the one with the fewest requests under way.
   *
   * @param tried addresses that have failed this request already
   * @returns null where none is left
   */
  pick(tried: readonly Address[]): Address | null;
  /** Settles when the name has been looked up; null where its addresses are known, so that nothing need wait. */
  ready(): Promise<void> | null;
  /** How many addresses there are, and how many of them are not left out. */
  counts(): { readonly known: number; readonly open: number };
  close(): Promise<void>;
}

/** Where a subgraph is, and how to connect to it. */
export interface AddressOptions {
  readonly url: URL;
  /** Milliseconds to a connection. */
  readonly connectTimeout: number;
  /** The most connections to each address. */
  readonly connections: number;
  /** All addresses of a host name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/** Milliseconds after which a host name is looked up again: new replicas join within this time. */
const LOOKUP_INTERVAL = 2_000;

/**
 * Balances over all addresses of a host name. The name is looked up again and again: the platform's DNS is the
 * service registry. A look-up that fails leaves the addresses as they are.
 */
export function balancedAddresses(options: AddressOptions): Addresses {
  const host = options.url.hostname.replace(/^\[|\]$/g, '');
  const resolve = options.resolve ?? resolveAll;
  let addresses: readonly Address[] = [];
  let turn = 0;
  let isClosed = false;

  const take = (ips: readonly string[]): void => {
    if (isClosed || ips.length === 0) return;
    const gone = addresses.filter(({ ip }) => !ips.includes(ip));
    const stay = addresses.filter(({ ip }) => ips.includes(ip));
    const fresh = ips.filter((ip) => !stay.some((address) => address.ip === ip));
    addresses = [...stay, ...fresh.map((ip) => openAddress(ip, options))];
    for (const { pool } of gone) void pool.close();
  };
  const refresh = async (): Promise<void> => {
    try {
      take([...new Set(await resolve(host))]);
    } catch {
      // Requests tell whether the addresses that are known still answer.
    }
  };
  let looking: Promise<void> | null = null;
  const look = (): Promise<void> => (looking ??= refresh().finally(() => (looking = null)));

  const isLiteral = isIP(host) !== 0;
  if (isLiteral) take([host]);
  const timer = isLiteral ? undefined : setInterval(() => void look(), LOOKUP_INTERVAL).unref();

  return {
    pick(tried) {
      turn += 1;
      let best: Address | null = null;
      for (let step = 0; step < addresses.length; step += 1) {
        const each = addresses[(turn + step) % addresses.length] as Address;
        if (best && best.inFlight <= each.inFlight) continue;
        if (each.health.isOpen() && !tried.includes(each)) best = each;
      }
      return best;
    },
    ready: () => (addresses.length === 0 ? look() : null),
    counts: () => ({
      known: addresses.length,
      open: addresses.filter(({ health }) => health.isOpen()).length,
    }),
    async close() {
      isClosed = true;
      clearInterval(timer);
      await Promise.all(addresses.map(({ pool }) => pool.close()));
    },
  };
}

async function resolveAll(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

function openAddress(ip: string, { url, connectTimeout, connections }: AddressOptions): Address {
  const origin = new URL(url);
  origin.hostname = isIP(ip) === 6 ? `[${ip}]` : ip;
  const pool = new Pool(origin.origin, {
    connections,
    connect: { timeout: connectTimeout, servername: url.hostname },
  });
  return { ip, pool, health: addressHealth(), inFlight: 0 };
}
