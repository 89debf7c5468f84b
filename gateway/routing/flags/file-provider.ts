import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import {
  FlagNotFoundError,
  TargetingKeyMissingError,
  type Provider,
} from '@openfeature/server-sdk';
import { z } from 'zod';
import type { Logger } from '#platform/log.ts';
import { BUCKETS, bucketOf, coveredBuckets } from '#platform/moves/bucket.ts';
import { booleanProvider } from './boolean-provider.ts';
import { FlagProviderError } from './flag-provider-error.ts';

/** Milliseconds between two looks at the file. Looking finds also what is exchanged behind a link, as in Kubernetes. */
const LOOK_INTERVAL = 250;

const flagFile = z.record(
  z.string(),
  z.union([z.boolean(), z.strictObject({ readPercent: z.number().min(0).max(100) })]),
);
type FlagFile = z.infer<typeof flagFile>;

/**
 * The labels of a JSON file as a provider of OpenFeature: `{"order": {"readPercent": 10}, "auth": true}`. The file is
 * read again when it changes; what cannot be read then is left aside, and said.
 *
 * @param path of the file
 * @throws FlagProviderError where the file cannot be read
 */
export function fileProvider(path: string, log: Logger): Provider {
  let flags = read(path);
  const look = () => {
    try {
      flags = read(path);
      log.info({ path }, 'the flags of the file are taken up');
    } catch (error) {
      log.warn({ path }, `the changed file of flags is left aside: ${(error as Error).message}`);
    }
  };
  watchFile(path, { interval: LOOK_INTERVAL, persistent: false }, look);
  const provider = booleanProvider('file', (label, { targetingKey }) => {
    const flag = Object.hasOwn(flags, label) ? flags[label] : undefined;
    if (flag === undefined) throw new FlagNotFoundError(`${path} does not name "${label}"`);
    if (typeof flag === 'boolean') return flag;
    return isCovered(label, flag.readPercent, targetingKey);
  });
  return { ...provider, onClose: async () => unwatchFile(path, look) };
}

function isCovered(label: string, percent: number, subject: string | undefined): boolean {
  const covered = coveredBuckets(percent);
  if (covered === 0 || covered === BUCKETS) return covered === BUCKETS;
  if (subject === undefined) throw new TargetingKeyMissingError(`"${label}" depends on a subject`);
  return bucketOf(label, subject) < covered;
}

function read(path: string): FlagFile {
  try {
    return flagFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new FlagProviderError(
      `the file of flags ${path} cannot be used (${reason}). It holds JSON such as {"order": {"readPercent": 10}, "auth": true}`,
      error,
    );
  }
}
