import { isDeepStrictEqual } from 'node:util';
import type { BenchRequest } from './measure.ts';

/** What a gateway answers to each of some requests, in their order. */
export async function answerTexts(
  url: string,
  requests: readonly BenchRequest[],
): Promise<string[]> {
  const texts: string[] = [];
  for (const { body, headers } of requests) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    texts.push(await response.text());
  }
  return texts;
}

/**
 * Looks at every answer before it is measured how fast they come: an error within a 200 is answered fast.
 *
 * @param reference the right data, in the order of the requests; null: whatever comes without errors is right
 * @returns the data
 * @throws Error that names the first request whose answer has errors, or other data
 */
export function checkAnswers(
  requests: readonly BenchRequest[],
  texts: readonly string[],
  reference: readonly unknown[] | null,
): unknown[] {
  return texts.map((text, index) => {
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    const asked = requests[index]?.body.slice(0, 200);
    if (errors || !data)
      throw new Error(`The answer to ${asked} has errors: ${text.slice(0, 1_000)}`);
    if (reference && !isDeepStrictEqual(data, reference[index])) {
      throw new Error(
        `The answer to ${asked} differs: ${text.slice(0, 1_000)}, and not ${JSON.stringify(reference[index]).slice(0, 1_000)}`,
      );
    }
    return data;
  });
}
