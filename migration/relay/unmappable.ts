/**
 * What a canonical form says about values for which there are no domain words; null where it has words for all.
 *
 * @param form the text of a canonical form
 */
export function unmappableReason(form: string): string | null {
  // Most forms are never parsed.
  if (!form.includes('"unmappable"')) return null;
  const reasons = reasonsIn(JSON.parse(form));
  return reasons.length > 0 ? [...new Set(reasons)].join('; ') : null;
}

function reasonsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'unmappable' && typeof first[1] === 'string') {
    return [first[1]];
  }
  return entries.flatMap(([, inner]) => reasonsIn(inner));
}
