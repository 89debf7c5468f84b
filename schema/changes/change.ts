import {
  CHANGE_RULES,
  type ChangeCode,
  type ChangeRule,
  type Criticality,
} from './change-rules.ts';

/** One difference between two schemas. */
export interface Change {
  readonly code: ChangeCode;
  readonly criticality: Criticality;
  /** The schema coordinate of what has changed, such as `Query.products(first:)`. */
  readonly path: string;
  readonly message: string;
  /** Why it is that critical. */
  readonly reason: string;
  readonly mend?: string;
  /**
   * The coordinates whose use the change can harm: what uses none of them goes on as before. `Abstract > Member`
   * stands for a fragment on `Member` where `Abstract` is selected, `> Enum` for a field that gives an `Enum`.
   */
  readonly touches: readonly string[];
}

/** Makes a change. @param touches the coordinates that it can harm, where it is not just its path */
export function change(
  code: ChangeCode,
  path: string,
  message: string,
  touches: readonly string[] = [path],
): Change {
  const { criticality, reason, mend }: ChangeRule = CHANGE_RULES[code];
  return {
    code,
    criticality,
    path,
    message,
    reason,
    ...(mend === undefined ? {} : { mend }),
    touches: criticality === 'breaking' ? touches : [],
  };
}
