/** People whose resumes are looked at by nobody who works on the reader: what it does on them tells how it does on others. */
export const HELD_OUT: ReadonlySet<string> = new Set([
  'okafor',
  'garcia',
  'shevchenko',
  'tanaka',
  'kowalska',
]);
