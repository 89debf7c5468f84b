import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { expect, vi } from 'vitest';
import type { FrontEnd } from '../../clients/front-end/front-end.ts';

/** A query that is shown: it follows the cache until it is left. */
export interface Screen<Data> {
  /** All that it has shown so far, oldest first. */
  readonly shown: readonly Data[];
  /** What it shows now. @throws before its first answer */
  now(): Data;
  /** Waits until it shows something. @returns what it shows then */
  until(holds: (data: Data) => boolean): Promise<Data>;
  /** Shows one more page, from a cursor. */
  more(after: string | null | undefined): Promise<void>;
  /** Asks for all of it again. */
  reload(): Promise<void>;
  leave(): void;
}

/** Opens a screen and waits for its first answer. */
export async function open<Data, Variables extends OperationVariables>(
  { client }: FrontEnd,
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
): Promise<Screen<Data>> {
  const shown: Data[] = [];
  const watched = client.watchQuery<Data>({ query, variables });
  const subscription = watched.subscribe(({ data, dataState }) => {
    if (dataState === 'complete') shown.push(data);
  });
  const now = () => {
    if (shown.length === 0) throw new Error('the screen shows nothing yet');
    return shown.at(-1) as Data;
  };
  const screen: Screen<Data> = {
    shown,
    now,
    until: async (holds) => {
      const condition = () => {
        if (!holds(now())) throw new Error(`the screen shows ${JSON.stringify(now())}`);
      };
      await vi.waitFor(condition, { timeout: 10_000, interval: 20 });
      return now();
    },
    more: async (after) => {
      await watched.fetchMore({ variables: { after } });
    },
    reload: async () => {
      await watched.refetch();
    },
    leave: () => subscription.unsubscribe(),
  };
  await screen.until(() => true);
  return screen;
}

/** Asks once. @returns all data @throws where any of it is missing */
export async function read<Data, Variables extends OperationVariables>(
  { client }: FrontEnd,
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  fetchPolicy: 'cache-first' | 'network-only' = 'cache-first',
): Promise<Data> {
  const { data } = await client.query<Data>({ query, variables, fetchPolicy });
  return data as Data;
}

/** Does something. @returns the answer @throws where there is none */
export async function act<Data, Variables extends OperationVariables>(
  { client }: FrontEnd,
  mutation: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
): Promise<Data> {
  const { data } = await client.mutate<Data>({ mutation, variables });
  return data as Data;
}

/** The outcome of a mutation, which has to be this one of its union. */
export function outcome<Result extends { __typename: string }, Name extends Result['__typename']>(
  result: Result | null | undefined,
  name: Name,
): Extract<Result, { __typename: Name }> {
  expect(result).toMatchObject({ __typename: name });
  return result as Extract<Result, { __typename: Name }>;
}

/** What a screen shows of something that has to be there. */
export function present<Value>(value: Value | null | undefined): Value {
  expect(value).not.toBeNull();
  expect(value).toBeDefined();
  return value as Value;
}
