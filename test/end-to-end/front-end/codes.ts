import { CombinedGraphQLErrors } from '@apollo/client';

/** The codes of the errors by which an operation fails. @throws where it does not fail, or by something else */
export async function codesOf(failing: Promise<unknown>): Promise<unknown[]> {
  const fault = await failing.then(
    () => new Error('an operation succeeded that must fail'),
    (error: unknown) => error,
  );
  if (!CombinedGraphQLErrors.is(fault)) throw fault;
  return fault.errors.map(({ extensions }) => extensions?.code);
}
