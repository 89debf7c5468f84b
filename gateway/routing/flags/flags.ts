import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ErrorCode,
  NOOP_PROVIDER,
  OpenFeature,
  type Client,
  type EvaluationContext,
  type Provider,
} from '@openfeature/server-sdk';
import type { Role } from '#platform/identity/identity.ts';
import type { Logger } from '#platform/log.ts';
import { bucketOf } from '#platform/moves/bucket.ts';
import { addressHealth } from '../../transport/address-health.ts';
import type { OperationKind } from '../label-states.ts';

/** Milliseconds that a provider may take to become ready, before the gateway starts without waiting for it. */
const READY_LIMIT = 5_000;

/** What a flag may depend on. */
export interface FlagContext {
  readonly kind: OperationKind;
  readonly role: Role | null;
  readonly subject: string;
}

/** Labels as flags of a provider that is not ours. */
export interface Flags {
  /** @returns null where the provider does not say: it does not know the flag, fails, or takes too long */
  ask(label: string, context: FlagContext): Promise<boolean | null>;
  status(): FlagsStatus;
  close(): Promise<void>;
}

/** How the provider fares. */
export interface FlagsStatus {
  readonly provider: string;
  /** `left out`: it did not answer in time again and again, so it is tried only now and then, with one flag. */
  readonly state: 'asked' | 'left out';
  /** What kept it from answering last; null where it answers. */
  readonly trouble: string | null;
}

/** What is counted of flags. */
export interface FlagMetrics {
  /** Decisions that were left to the states of the moves because the provider failed or took too long. */
  readonly fallbacks: { inc(): void };
}

export interface FlagsOptions {
  /** Milliseconds that a decision may take. */
  readonly timeout: number;
  readonly log: Logger;
  readonly metrics: FlagMetrics;
}

/**
 * Asks a provider by OpenFeature's client: a label is a boolean flag of the same name, the targeting key is the
 * subject, and the attributes are `operationKind`, `role` (missing for the anonymous) and `bucket` (0 to 1023).
 * A provider that fails, or takes too long, is no reason to fail: that is said once, and once when it is over. One that
 * takes too long five times in a row is left out for 0.25 to 2 s, then tried with one flag: no request waits meanwhile.
 */
export async function openFlags(provider: Provider, options: FlagsOptions): Promise<Flags> {
  // A domain of its own: several gateways may live in one process, as in tests.
  const domain = `gateway-${randomUUID()}`;
  const report = troubleReport(provider.metadata.name, options);
  await setProvider(domain, provider, options.log);
  const client = OpenFeature.getClient(domain);
  const health = addressHealth();
  let trouble: string | null = null;
  return {
    async ask(label, context) {
      if (!health.isOpen()) {
        report(trouble);
        return null;
      }
      health.started();
      const answer = await within(options.timeout, evaluate(client, label, context));
      // Only what takes long is left out: a quick failure holds up nobody, and may be that of one flag.
      if (answer.isLate) health.failed();
      else health.succeeded();
      ({ trouble } = answer);
      report(trouble);
      return answer.value;
    },
    status: () => ({
      provider: provider.metadata.name,
      state: health.isOpen() ? 'asked' : 'left out',
      trouble,
    }),
    async close() {
      // Whoever is replaced is closed.
      OpenFeature.setProvider(domain, NOOP_PROVIDER);
    },
  };
}

/** What a provider said, and what kept it from saying more. */
interface FlagAnswer {
  readonly value: boolean | null;
  readonly trouble: string | null;
  readonly isLate?: boolean;
}

async function evaluate(client: Client, label: string, context: FlagContext): Promise<FlagAnswer> {
  const details = await client.getBooleanDetails(label, false, attributesOf(label, context));
  const { errorCode, errorMessage } = details;
  if (errorCode === undefined) return { value: details.value, trouble: null };
  // Not knowing a flag is an answer: the states of the moves decide.
  if (errorCode === ErrorCode.FLAG_NOT_FOUND) return { value: null, trouble: null };
  return { value: null, trouble: errorMessage || errorCode };
}

function attributesOf(label: string, { kind, role, subject }: FlagContext): EvaluationContext {
  return {
    targetingKey: subject,
    operationKind: kind,
    bucket: bucketOf(label, subject),
    ...(role === null ? {} : { role }),
  };
}

async function within(limit: number, answer: Promise<FlagAnswer>): Promise<FlagAnswer> {
  const answered = new AbortController();
  const nothing = { value: null, trouble: `no answer within ${limit} ms`, isLate: true };
  const late = sleep(limit, nothing, answered);
  late.catch(() => {});
  return Promise.race([answer, late]).finally(() => answered.abort());
}

async function setProvider(domain: string, provider: Provider, log: Logger): Promise<void> {
  const ready = OpenFeature.setProviderAndWait(domain, provider).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error, provider: provider.metadata.name }, `${NOT_READY}: it has failed`);
      return true;
    },
  );
  const waiting = new AbortController();
  const isReady = await Promise.race([
    ready,
    sleep(READY_LIMIT, false, waiting).catch(() => false),
  ]);
  waiting.abort();
  if (!isReady) log.warn({ provider: provider.metadata.name }, `${NOT_READY}: it takes too long`);
}

const NOT_READY =
  'the provider of flags is not ready, and the states of the moves decide until it answers';

/** Says when a provider begins to fail, and when it answers again; counts each failure. */
function troubleReport(
  provider: string,
  { log, metrics }: FlagsOptions,
): (trouble: string | null) => void {
  let isTroubled = false;
  return (trouble) => {
    if (trouble !== null) metrics.fallbacks.inc();
    if ((trouble !== null) === isTroubled) return;
    isTroubled = trouble !== null;
    if (isTroubled) {
      log.warn(
        { provider, trouble },
        'the provider of flags fails, and the states of the moves decide in its place',
      );
    } else log.info({ provider }, 'the provider of flags answers again');
  };
}
