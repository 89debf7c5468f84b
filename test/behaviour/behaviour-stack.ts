/** What comes back from a GraphQL end point. */
export interface GraphqlReply {
  readonly status: number;
  readonly body: {
    // Tests read answers of every shape; what they expect is in the expectation beside them.
    // oxlint-disable-next-line typescript/no-explicit-any
    readonly data?: any;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: Record<string, unknown> & { readonly code?: string };
    }[];
  };
}

export interface GraphqlOptions {
  /** An access token. */
  readonly token?: string;
  readonly headers?: Record<string, string>;
  /** The override labels that are on for this request, all others off; absent: as the gateway is set. */
  readonly labels?: readonly string[];
}

/** What a behaviour suite needs: the product, as a client meets it. */
export interface BehaviourStack {
  graphql(
    query: string,
    variables?: Record<string, unknown>,
    options?: GraphqlOptions,
  ): Promise<GraphqlReply>;
  /** Logs a demo account in. @returns an access token */
  login(email: string, options?: GraphqlOptions): Promise<string>;
  /** The URL of the gateway, without a path. */
  readonly gatewayUrl: string;
}
