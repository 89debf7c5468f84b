import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';

/** A server that speaks the protocol of S3, with one bucket. */
export interface S3Server {
  /** The URL of the bucket, as a setting. */
  readonly bucketUrl: string;
  close(): Promise<void>;
}

/**
 * @param bucket its name: processes of one machine keep drafts for a bucket in one folder
 * @param isStrict whether signatures must be right. Lists of a bucket are not, because this server leaves out the slash at
 *   the end of the path that the SDK signs
 */
export async function startS3Server(bucket: string, isStrict: boolean): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 's3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    allowMismatchedSignatures: !isStrict,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
  return {
    // The keys that this server knows.
    bucketUrl: `s3://S3RVER:S3RVER@${bucket}?region=us-east-1&endpoint=${endpoint}`,
    close: async () => {
      // Clients keep theirs.
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
