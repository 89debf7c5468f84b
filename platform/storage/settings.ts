import { z } from 'zod';
import { optional } from '#platform/config.ts';
import { fileStorage } from './file-storage.ts';
import { localDisk } from './local-disk.ts';
import { s3Bucket, type Bucket } from './s3.ts';
import type { FileStorage } from './storage.ts';

/**
 * The URL of a bucket: `s3://name?region=eu-central-1`, for other servers than AWS with `&endpoint=https://…`. Access keys
 * are those of the environment or the machine, as AWS's own programs find them, unless it says `s3://id:secret@name`.
 */
export const bucketUrl = () =>
  optional(
    z
      .string()
      .transform((text, context) => {
        const bucket = bucketOf(text);
        if (bucket) return bucket;
        context.addIssue({ code: 'custom', message: 'not the URL of a bucket' });
        return z.NEVER;
      })
      .describe(
        'the URL of a bucket for uploaded files, such as s3://name?region=eu-central-1, where they are not in a folder',
      ),
  );

function bucketOf(text: string): Bucket | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname: name, username, password, searchParams } = new URL(text);
  if (protocol !== 's3:' || name === '') return null;
  const region = searchParams.get('region');
  const endpoint = searchParams.get('endpoint');
  if (endpoint !== null && !/^https?:/.test(endpoint)) return null;
  return {
    name,
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(username === ''
      ? {}
      : {
          credentials: {
            accessKeyId: decodeURIComponent(username),
            secretAccessKey: decodeURIComponent(password),
          },
        }),
  };
}

/** Opens the storage of files: the bucket where there is one, else the folder. */
export function openStorage(directory: string, bucket: Bucket | undefined): FileStorage {
  return fileStorage(bucket ? s3Bucket(bucket) : localDisk(directory));
}
