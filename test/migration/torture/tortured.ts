/** The moves that are tortured: one whose writes are owned by user, and one with a single owner. */
export const TORTURED = ['order', 'inventory'] as const;
