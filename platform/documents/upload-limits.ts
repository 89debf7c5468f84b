import { wholeNumber } from '#platform/config.ts';

const GIB = 2 ** 30;

/** What a process that takes uploads is told of their limits. */
export const uploadLimitSettings = () => ({
  /** Bytes of a file. */
  UPLOAD_MAX_BYTES: wholeNumber(10_485_760, 1, GIB),
  /** Files of an account, with those on their way. */
  UPLOAD_MAX_FILES: wholeNumber(50, 1, 100_000),
  /** Bytes of these. */
  UPLOAD_MAX_ACCOUNT_BYTES: wholeNumber(GIB / 2, 1, 1_024 * GIB),
  /** Files on their way, of all accounts. */
  UPLOAD_MAX_PENDING: wholeNumber(10_000, 1, 1_000_000),
  /** Bytes of these. */
  UPLOAD_MAX_PENDING_BYTES: wholeNumber(20 * GIB, 1, 10_240 * GIB),
});

/** The limits of uploads. */
export interface UploadLimits {
  readonly UPLOAD_MAX_BYTES: number;
  readonly UPLOAD_MAX_FILES: number;
  readonly UPLOAD_MAX_ACCOUNT_BYTES: number;
  readonly UPLOAD_MAX_PENDING: number;
  readonly UPLOAD_MAX_PENDING_BYTES: number;
}

/** How many files, and bytes of them, an account has, and how many of all accounts are on their way. */
export interface UploadLoad {
  readonly files: number;
  readonly bytes: number;
  readonly pendingFiles: number;
  readonly pendingBytes: number;
}

/** Why a file is refused before any of it is sent. */
export interface UploadLimitFault {
  readonly reason: 'SIZE_NOT_ALLOWED' | 'ACCOUNT_FULL' | 'SERVER_FULL';
  /** For a person. */
  readonly message: string;
}

/** What is wrong with the size of a file; null where nothing is. */
export function sizeFault(byteSize: number, limits: UploadLimits): UploadLimitFault | null {
  const most = limits.UPLOAD_MAX_BYTES;
  if (byteSize >= 1 && byteSize <= most) return null;
  return { reason: 'SIZE_NOT_ALLOWED', message: `A file must have 1 to ${words(most)} bytes.` };
}

/** Whether there is no room for one more file of a size; null where there is. */
export function roomFault(
  byteSize: number,
  load: UploadLoad,
  limits: UploadLimits,
): UploadLimitFault | null {
  const full = (message: string) => ({ reason: 'ACCOUNT_FULL' as const, message });
  if (load.files >= limits.UPLOAD_MAX_FILES) {
    return full(
      `An account holds at most ${words(limits.UPLOAD_MAX_FILES)} resumes: delete one first.`,
    );
  }
  if (load.bytes + byteSize > limits.UPLOAD_MAX_ACCOUNT_BYTES) {
    const most = words(limits.UPLOAD_MAX_ACCOUNT_BYTES);
    return full(`The resumes of an account have at most ${most} bytes: delete one first.`);
  }
  const isFull =
    load.pendingFiles >= limits.UPLOAD_MAX_PENDING ||
    load.pendingBytes + byteSize > limits.UPLOAD_MAX_PENDING_BYTES;
  if (!isFull) return null;
  const message = 'Too many files are on their way at this moment: try again in a few minutes.';
  return { reason: 'SERVER_FULL', message };
}

const words = (count: number) => count.toLocaleString('en');
