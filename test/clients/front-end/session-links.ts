import {
  CombinedGraphQLErrors,
  Observable,
  ServerError,
  type ApolloLink,
  type ErrorLike,
} from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import type { Session } from './session.ts';

declare module '@apollo/client' {
  interface DefaultContext {
    /** Sent as nobody, also when somebody is logged in: what renews a session must not need one. */
    anonymous?: boolean;
    /** The access token that the operation was sent with. */
    sentToken?: string | undefined;
  }
}

/** Sends the access token of the session along. */
export function authorizationLink(session: Session): ApolloLink {
  return new SetContextLink(({ headers, anonymous }) => {
    const { authorization: _refused, ...others } = (headers ?? {}) as Record<string, string>;
    const sentToken = anonymous ? undefined : session.tokens()?.accessToken;
    const authorization = sentToken === undefined ? {} : { authorization: `Bearer ${sentToken}` };
    return { headers: { ...others, ...authorization }, sentToken };
  });
}

/**
 * Where an access token is refused, renews the session and sends the operation once more: with the new token,
 * or as nobody where the session could not be renewed, so that a public page still shows.
 */
export function renewalLink(session: Session): ApolloLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const { sentToken } = operation.getContext();
    if (sentToken === undefined || !isUnauthenticated(error)) return undefined;
    return new Observable((observer) => {
      let stop = () => {};
      const sendAgain = async () => {
        await session.renew(sentToken);
        const sent = forward(operation).subscribe(observer);
        stop = () => sent.unsubscribe();
      };
      sendAgain().catch((reason: unknown) => observer.error(reason));
      return () => stop();
    });
  });
}

/** The gateway answers 401 for a token that is not good, before anything runs; fields say it with a code. */
function isUnauthenticated(error: ErrorLike): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  return (
    CombinedGraphQLErrors.is(error) &&
    error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')
  );
}
