import type { Round } from './measure.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Prints the means of all rounds, and how many times the first gateway's requests a second each reached. */
export function printTable(results: ReadonlyMap<string, readonly Round[]>): void {
  const of = (rounds: readonly Round[], key: keyof Round): number =>
    mean(rounds.map((round) => round[key]));
  const [first = []] = results.values();
  const base = of(first, 'perSecond');
  const rows = [...results].map(([name, rounds]) => {
    const speeds = rounds.map(({ perSecond }) => perSecond);
    return [
      name,
      of(rounds, 'perSecond').toFixed(0),
      `${Math.min(...speeds).toFixed(0)}–${Math.max(...speeds).toFixed(0)}`,
      `${(of(rounds, 'perSecond') / base).toFixed(2)}×`,
      of(rounds, 'p50').toFixed(0),
      of(rounds, 'p99').toFixed(0),
      of(rounds, 'cpuPerThousand').toFixed(2),
      of(rounds, 'megabytes').toFixed(0),
      of(rounds, 'callsPerRequest').toFixed(1),
      String(rounds.reduce((sum, { wrong }) => sum + wrong, 0)),
    ];
  });
  const head = [
    'gateway',
    'RPS',
    'range',
    'ratio',
    'p50 ms',
    'p99 ms',
    'CPU s/1000',
    'MB',
    'calls',
    'wrong',
  ];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
}
