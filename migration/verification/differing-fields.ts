/** A member of a canonical form that is not the same on both sides. */
export interface FieldDifference {
  /** `items[2].unitPriceAmount`; empty: the whole aggregate, which one side does not have. */
  readonly path: string;
  /** Absent members are null, and so is an aggregate that is not there. A secret is {@link HIDDEN}. */
  readonly legacy: unknown;
  readonly new: unknown;
}

/** The longest text of a value that is told: who reads it wants to find the row. */
const LONGEST_TEXT = 100;

/** What is told of a value that nobody may see. */
export const HIDDEN = '(a secret, not shown)';

/**
 * Compares the canonical forms of an aggregate, given as text; null where a side does not have it.
 *
 * @param secrets the members, at any depth, that are named where they differ, and not shown
 */
export function differingFields(
  legacy: string | null,
  fresh: string | null,
  secrets: readonly string[] = [],
): FieldDifference[] {
  if (legacy === null || fresh === null) {
    const there = (form: string | null) => (form === null ? null : 'there');
    return legacy === fresh ? [] : [{ path: '', legacy: there(legacy), new: there(fresh) }];
  }
  return compare('', JSON.parse(legacy), JSON.parse(fresh)).map((one) => ({
    path: one.path,
    legacy: shortened(withoutSecrets(one.path, one.legacy, secrets)),
    new: shortened(withoutSecrets(one.path, one.new, secrets)),
  }));
}

function compare(path: string, legacy: unknown, fresh: unknown): FieldDifference[] {
  if (isObject(legacy) && isObject(fresh) && Array.isArray(legacy) === Array.isArray(fresh)) {
    const keys = [...new Set([...Object.keys(legacy), ...Object.keys(fresh)])];
    const inner = (key: string) => {
      if (Array.isArray(legacy)) return `${path}[${key}]`;
      return path === '' ? key : `${path}.${key}`;
    };
    return keys.flatMap((key) => compare(inner(key), legacy[key] ?? null, fresh[key] ?? null));
  }
  if (Object.is(legacy, fresh)) return [];
  return [{ path, legacy, new: fresh }];
}

/** @param path where the value is: its last name says whether it is one itself */
function withoutSecrets(path: string, value: unknown, secrets: readonly string[]): unknown {
  if (value === null) return value;
  if (secrets.includes(path.split('.').at(-1) ?? '')) return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets('', one, secrets));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    withoutSecrets(name, inner, secrets),
  ]);
  return Object.fromEntries(members);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST_TEXT ? value : `${text.slice(0, LONGEST_TEXT)}…`;
}
