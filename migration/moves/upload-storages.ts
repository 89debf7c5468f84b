import { fileStorage } from '#platform/storage/file-storage.ts';
import { localDisk } from '#platform/storage/local-disk.ts';
import { openStorage } from '#platform/storage/settings.ts';
import type { MigrationConfig } from '../config.ts';
import type { UploadStorages } from './upload-files.ts';

/** The folders of the monolith, below its own. Its tests hold this against its storage. */
export const LEGACY_LAYOUT = { received: 'incoming', kept: 'resumes' };

/** Clients of a bucket keep connections. */
const opened = new WeakMap<object, UploadStorages>();

/** The files of both sides, as the mover is told of them; opened once. */
export function uploadStorages(config: MigrationConfig): UploadStorages {
  const known = opened.get(config);
  if (known) return known;
  const storages = {
    legacy: fileStorage(localDisk(config.LEGACY_UPLOAD_DIRECTORY), LEGACY_LAYOUT),
    new: openStorage(config.RESUME_REVIEW_UPLOAD_DIRECTORY, config.RESUME_REVIEW_UPLOAD_BUCKET),
  };
  opened.set(config, storages);
  return storages;
}
