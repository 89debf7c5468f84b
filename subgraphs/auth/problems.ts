/** Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person. */

export type RefreshRefusal = 'UNKNOWN' | 'EXPIRED' | 'REVOKED' | 'REUSED';

const REFUSALS: Record<RefreshRefusal, string> = {
  UNKNOWN: 'This refresh token is not known: log in again.',
  EXPIRED: 'This session has expired: log in again.',
  REVOKED: 'This session has ended: log in again.',
  REUSED: 'This refresh token had been used before, so its session was ended: log in again.',
};

export const emailTaken = () => ({
  __typename: 'EmailTaken' as const,
  message: 'This e-mail address belongs to another account: log in, or use another address.',
});

export const wrongLogin = () => ({
  __typename: 'InvalidCredentials' as const,
  message: 'The e-mail address and the password do not match.',
});

export const wrongPassword = () => ({
  __typename: 'InvalidCredentials' as const,
  message: 'The current password is not right.',
});

export const tooManyAttempts = (retryAfterSeconds: number) => ({
  __typename: 'TooManyAttempts' as const,
  message: `Too many failed tries: wait ${retryAfterSeconds} seconds, then try again.`,
  retryAfterSeconds,
});

export const refreshRefused = (reason: RefreshRefusal) => ({
  __typename: 'InvalidRefreshToken' as const,
  message: REFUSALS[reason],
  reason,
});
