import { fileStorage } from '#platform/storage/file-storage.ts';
import { localDisk } from '#platform/storage/local-disk.ts';
import type { FileStorage } from '#platform/storage/storage.ts';

/** The files of resumes, in a folder of this machine: received and kept ones, both by the id of the resume. */
export const resumeFiles = (directory: string): FileStorage =>
  fileStorage(localDisk(directory), { received: 'incoming', kept: 'resumes' });
