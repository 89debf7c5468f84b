import type { DocumentFaultReason } from '#platform/documents/fault.ts';
import type { UploadLimitFault } from '#platform/documents/upload-limits.ts';
import type { ReviewRow } from './repository/reviews.ts';

// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

/** Why a file is not taken. */
export type UploadRefusal = 'TYPE_NOT_ALLOWED' | UploadLimitFault['reason'] | DocumentFaultReason;

export const uploadRefused = ({
  reason,
  message,
}: {
  readonly reason: UploadRefusal;
  readonly message: string;
}) => ({ __typename: 'UploadRefused' as const, reason, message });

/** @param what is wrong with what has been received, and what to do */
export const uploadIncomplete = (receivedBytes: number, message: string) => ({
  __typename: 'UploadIncomplete' as const,
  message,
  receivedBytes,
});

export const reviewEnded = (review: ReviewRow) => ({
  __typename: 'ReviewEnded' as const,
  message: 'This review has ended: there is nothing to cancel.',
  review,
});
