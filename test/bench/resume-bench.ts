import { HELD_OUT } from '../resumes/held-out.ts';
import { precision, readCases, recall, tallies } from '../resumes/score.ts';

/** Prints what is read of the resumes that the reader was made with, and of those that were held back. */
export async function resumeBench(): Promise<void> {
  const began = performance.now();
  const cases = await readCases();
  const parts = [
    cases.filter(({ person }) => !HELD_OUT.has(person.id)),
    cases.filter(({ person }) => HELD_OUT.has(person.id)),
  ];
  const [known, held] = parts.map(tallies);
  const share = (value: number) => value.toFixed(2);
  const rows = [
    ['field', 'precision', 'recall', 'held out: precision', 'recall'],
    ...[...(known ?? [])].map(([field, tally]) => {
      const other = held?.get(field) ?? { right: 0, wrong: 0, missed: 0 };
      return [
        field,
        share(precision(tally)),
        share(recall(tally)),
        share(precision(other)),
        share(recall(other)),
      ];
    }),
  ];
  for (const row of rows)
    console.log(
      row
        .map((cell) => cell.padEnd(20))
        .join('')
        .trimEnd(),
    );
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(
    `${parts.map(({ length }) => length).join(' resumes, and held out ')}; read in ${seconds} s`,
  );
}
