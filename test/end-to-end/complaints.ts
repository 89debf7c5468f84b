import { afterEach, beforeEach, expect, vi } from 'vitest';

/**
 * In each test of a block, Apollo Client must have nothing to complain about: it warns on the console where
 * fields are missing in an answer, or where one query's answer would wipe out another's in the cache.
 */
export function expectNoComplaints(): void {
  beforeEach(() => {
    vi.spyOn(console, 'warn');
    vi.spyOn(console, 'error');
  });
  afterEach(() => {
    const { warn, error } = vi.mocked(console);
    const complaints = [...warn.mock.calls, ...error.mock.calls];
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}
