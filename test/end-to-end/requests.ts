/** One request that a front end sent. */
export interface SentRequest {
  readonly method: string;
  readonly operation: string;
  /** Whether the text of the operation was in it, or its hash only. */
  readonly whole: boolean;
}

/** Sends requests and remembers them. */
export interface RequestRecord {
  readonly fetch: typeof fetch;
  /** All requests since the last call. */
  readonly taken: () => SentRequest[];
}

/** Watches what a front end sends, as the network tab of a browser does. */
export function recordRequests(): RequestRecord {
  const sent: SentRequest[] = [];
  return {
    fetch: async (input, init) => {
      sent.push(sentRequest(input as string, init));
      return fetch(input, init);
    },
    taken: () => sent.splice(0),
  };
}

function sentRequest(url: string, init: RequestInit = {}): SentRequest {
  const method = init.method ?? 'GET';
  const { operationName: operation, query } = (
    method === 'GET'
      ? Object.fromEntries(new URL(url).searchParams)
      : JSON.parse(init.body as string)
  ) as { operationName: string; query?: string };
  return { method, operation, whole: query !== undefined };
}
