import type { FormattedExecutionResult } from 'graphql';

/**
 * The data of an answer, written by execution as JSON text. Apollo Server hands it through to
 * {@link stringifyResult} without a look inside.
 */
export class WrittenData {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/** Writes a whole response. What execution has written is not walked through once more. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const data: unknown = result.data;
  if (!(data instanceof WrittenData)) return `${JSON.stringify(result)}\n`;
  const { errors, extensions } = result;
  const before = errors ? `"errors":${JSON.stringify(errors)},` : '';
  const after = extensions ? `,"extensions":${JSON.stringify(extensions)}` : '';
  return `{${before}"data":${data.json}${after}}\n`;
}
