import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { DriveFile } from 'flydrive';
import { S3Driver } from 'flydrive/drivers/s3';
import type { ObjectStore } from './object-store.ts';
import { savedAs } from './saved-as.ts';

/** A bucket, and how it is reached. */
export interface Bucket {
  readonly name: string;
  /** Absent: that of the environment or the machine, as AWS's own programs find it. */
  readonly region?: string;
  /** Where it is no bucket of AWS. */
  readonly endpoint?: string;
  /** Absent: those of the environment or the machine. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Objects in a bucket of S3, or of a server that speaks its protocol. Drafts are on this machine. */
export function s3Bucket(bucket: Bucket): ObjectStore {
  const { name: bucketName, endpoint, region, credentials } = bucket;
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    // Other servers answer below their own name, not below one for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // Not every server knows the checksums that AWS has added of late; we hold files against SHA-256 ourselves.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const driver = new S3Driver({
    client,
    bucket: bucketName,
    visibility: 'private',
    supportsACL: false,
  });
  const remove = async (name: string) => {
    await driver.delete(name).catch(unlessUnknown);
  };
  return {
    drafts: join(tmpdir(), `upload-drafts-${bucketName}`),
    size: async (name) => {
      const found = await driver.getMetaData(name).catch(unlessUnknown);
      return found?.contentLength ?? null;
    },
    read: async (name) => (await driver.getStream(name).catch(unlessUnknown)) ?? null,
    put: async (name, path) => {
      const { size } = await stat(path);
      const contentType = 'application/octet-stream';
      // A stream of nothing has no length for the driver, and so no end for the server.
      if (size === 0) return driver.put(name, new Uint8Array(), { contentType });
      await driver.putStream(name, createReadStream(path), { contentLength: size, contentType });
    },
    list: (folder) => namesOf(driver, folder),
    remove,
    removeFolder: async (folder) => {
      await Promise.all((await namesOf(driver, folder)).map(remove));
    },
    removeOlder: (folder, before) => removeOlder(driver, folder, before),
    placeOf: (name) => `s3://${bucketName}/${name}`,
    direct: {
      uploadUrl: (name, { byteSize, contentType }, seconds) =>
        driver.getSignedUploadUrl(name, {
          contentType,
          ContentLength: byteSize,
          expiresIn: seconds,
        }),
      downloadUrl: (name, { filename, contentType }, seconds) =>
        driver.getSignedUrl(name, {
          contentType,
          contentDisposition: savedAs(filename),
          expiresIn: seconds,
        }),
    },
    // Asks for something that need not be there.
    check: async () => void (await driver.listAll('kept/', { maxResults: 1 })),
  };
}

async function namesOf(driver: S3Driver, folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of filesOf(driver, folder)) names.push(key);
  return names;
}

async function removeOlder(driver: S3Driver, folder: string, before: Date): Promise<void> {
  for await (const file of filesOf(driver, folder)) {
    const { lastModified } = await file.getMetaData();
    if (lastModified < before) await driver.delete(file.key);
  }
}

/** All files of a folder and of folders in it, page by page. */
async function* filesOf(driver: S3Driver, folder: string): AsyncGenerator<DriveFile> {
  for (let paginationToken: string | undefined; ;) {
    const from = paginationToken === undefined ? {} : { paginationToken };
    const page = await driver.listAll(`${folder}/`, { recursive: true, ...from });
    for (const found of page.objects) if (found.isFile) yield found;
    if (page.paginationToken === undefined) return;
    ({ paginationToken } = page);
  }
}

/** For `catch`: what the bucket does not have is no fault. */
function unlessUnknown(error: { readonly $metadata?: { readonly httpStatusCode?: number } }) {
  if (error.$metadata?.httpStatusCode !== 404) throw error;
  return undefined;
}
