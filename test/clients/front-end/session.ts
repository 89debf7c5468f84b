/** The tokens of a login. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Who is logged in at this front end. */
export interface Session {
  /** null: nobody. */
  tokens(): Tokens | null;
  begin(tokens: Tokens): void;
  end(): void;
  /**
   * Gets new tokens in place of a refused access token. However many operations ask at once, one request is
   * sent: a refresh token that is used twice ends the session. Where the answer is no, the session has ended.
   */
  renew(refused: string): Promise<void>;
}

/** Begins with nobody logged in. @param exchange new tokens for a refresh token; null where it is refused */
export function createSession(exchange: (refreshToken: string) => Promise<Tokens | null>): Session {
  let current: Tokens | null = null;
  let renewal: Promise<void> | undefined;
  const exchangeOnce = async (refreshToken: string) => {
    current = await exchange(refreshToken);
  };
  return {
    tokens: () => current,
    begin: (tokens) => {
      current = tokens;
    },
    end: () => {
      current = null;
    },
    renew: async (refused) => {
      if (current?.accessToken !== refused) return;
      renewal ??= exchangeOnce(current.refreshToken).finally(() => {
        renewal = undefined;
      });
      await renewal;
    },
  };
}
