import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { RedisClient } from '#platform/cache/redis-client.ts';
import type { RequestRates } from './config.ts';
import { tooManyRequests } from './refusals.ts';
import { memoryCounter, sharedCounter, type RequestCounter } from './request-counter.ts';

/** Limits how many requests a minute brings. */
export interface RateLimits {
  /** Counts a request of an address. @throws RequestRefusal */
  countAddress(address: string): Promise<void>;
  /** Counts a request of somebody who is known. @throws RequestRefusal */
  countSubject(subject: string): Promise<void>;
}

/** @param redis where replicas count together; null: each counts for itself */
export function rateLimits(rates: RequestRates, redis: RedisClient | null): RateLimits {
  const counter = (limit: number, name: string): RequestCounter | null => {
    if (limit === 0) return null;
    return redis ? sharedCounter(limit, redis, `gateway:rate:${name}`) : memoryCounter(limit);
  };
  const addresses = counter(rates.perAddress, 'address');
  const subjects = counter(rates.perSubject, 'subject');
  return {
    async countAddress(address) {
      const overrun = await addresses?.count(addressKey(address));
      if (!overrun) return;
      throw tooManyRequests('address', rates.perAddress, overrun.count, overrun.retryAfter);
    },
    async countSubject(subject) {
      const overrun = await subjects?.count(subjectKey(subject));
      if (!overrun) return;
      throw tooManyRequests('caller', rates.perSubject, overrun.count, overrun.retryAfter);
    },
  };
}

/** Long subjects are whole Authorization headers: no secret may stand in Redis, and no long text in memory. */
const LONGEST_SUBJECT = 64;

function subjectKey(subject: string): string {
  if (subject.length <= LONGEST_SUBJECT && !subject.includes(' ')) return subject;
  return createHash('sha256').update(subject).digest('base64url');
}

/** An IPv4 address; of an IPv6 address the network of 64 bits, of which one customer has all addresses. */
export function addressKey(address: string): string {
  const ipv4 = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  if (!isIPv6(address)) return address;
  const [start = '', end = ''] = address.toLowerCase().split('::');
  const head = start.split(':').filter((group) => group !== '');
  const tail = end.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
