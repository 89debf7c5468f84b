import type { VariableValues } from './conditions.ts';
import { requestText, type FetchStep } from './fetch-step.ts';
import type { PreparedSelection } from './fetched-selection.ts';
import { jsonText } from './json-text.ts';

/** A request with what it is for. */
export interface WrittenRequest {
  /** The JSON text of the whole request. */
  readonly body: string;
  /** How many entities it asks for. */
  readonly representations: number;
  readonly selections: readonly SentSelection[];
}

export interface SentSelection {
  /** Where its entities are in the answer; null: it fetches no entities. */
  readonly alias: string | null;
  readonly prepared: PreparedSelection;
}

/**
 * Writes the request of a step; null where it has nothing to ask for.
 *
 * @param prepared for each selection of the step what it is for; null: it is left out
 * @param variables as the client sent them
 */
export function writeRequest(
  step: FetchStep,
  prepared: readonly (PreparedSelection | null)[],
  variables: VariableValues,
): WrittenRequest | null {
  let included = 0;
  for (let index = 0; index < prepared.length; index++) {
    if (prepared[index]) included |= 1 << index;
  }
  if (included === 0) return null;
  const { start, variables: used, entities } = requestText(step, included);
  let body = start;
  let separator = '';
  for (const { name, before } of used) {
    if (!Object.hasOwn(variables, name) || variables[name] === undefined) continue;
    body += separator + before + jsonText(variables[name]);
    separator = ',';
  }
  const selections: SentSelection[] = [];
  let representations = 0;
  for (const each of prepared) {
    if (!each) continue;
    const entity = entities[selections.length];
    selections.push({ alias: entity?.name ?? null, prepared: each });
    if (!entity) continue;
    representations += each.representations.length;
    body += `${separator}${entity.before}${each.representations.join(',')}]`;
    separator = ',';
  }
  return { body: `${body}}}`, representations, selections };
}
