import { Fault } from './door.ts';

// Answers have the shapes of the monolith's OpenAPI document.
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = any;

export interface Reply {
  readonly status: number;
  readonly body: Answer;
}

/** Sends a request. @throws Fault where the answer is neither good nor one of `refusals`, which are codes of errors */
export type Send = (
  call: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} ${string}`,
  options?: { token?: string; body?: object; refusals?: readonly string[] },
) => Promise<Reply>;

/** Sends requests to a server. */
export function restSender(url: string): Send {
  return async (call, { token, body, refusals = [] } = {}) => {
    const [method, path] = call.split(' ') as [string, string];
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: Answer = text === '' ? null : JSON.parse(text);
    if (response.ok || refusals.includes(answer?.error?.code)) {
      return { status: response.status, body: answer };
    }
    throw new Fault(`${call} is answered ${response.status} ${text.slice(0, 1_000)}`);
  };
}

/** What a client may be told of what is not there. */
export const NOT_FOUND = ['NOT_FOUND'];
export const dollars = (cents: number) => (cents / 100).toFixed(2);
export const centsOf = (dollarText: string) => Math.round(Number(dollarText) * 100);
