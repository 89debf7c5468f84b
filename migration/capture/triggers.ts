import { escapeLiteral } from 'pg';
import type { CapturedSource } from './captured-tables.ts';
import { captureFunction } from './capture-function.ts';
import { takeAlongTrigger } from './take-along-trigger.ts';

/** What a trigger can look at, by its event, once for each way of firing. */
const EVENTS = {
  insert: { tables: 'new table as new_rows', statement: ['new_rows'], row: ['new'] },
  update: {
    tables: 'old table as old_rows new table as new_rows',
    statement: ['old_rows', 'new_rows'],
    row: ['old', 'new'],
  },
  delete: { tables: 'old table as old_rows', statement: ['old_rows'], row: ['old'] },
} as const;

type Event = keyof typeof EVENTS;

/**
 * The statements that make the triggers of one table, for a session of the owner of the tables.
 *
 * Sessions that write as usual fire one trigger per statement, whose cost is shared by its rows: it sees the rows
 * before and after in transition tables, after all of them and all cascades are done. Statement triggers do not fire in
 * workers that apply a logical replication, so those, and all sessions with `session_replication_role = replica`, fire
 * the same per row instead: every write fires one of the two.
 *
 * @param captures false: the triggers guard and do not mark
 */
export function captureTriggers(source: CapturedSource, captures: boolean): readonly string[] {
  const { label, qualified } = source;
  const made = (Object.keys(EVENTS) as Event[]).flatMap((event) => {
    const { tables, statement, row } = EVENTS[event];
    const name = `move_${label}_${event}`;
    const rows = row.map((which) => `(select ${which}.*)`);
    return [
      captureFunction(source, name, statement, captures),
      `create trigger ${name} after ${event} on ${qualified} referencing ${tables} for each statement execute function move.${name}()`,
      captureFunction(source, `${name}_row`, rows, captures),
      `create trigger ${name}_row after ${event} on ${qualified} for each row execute function move.${name}_row()`,
      `alter table ${qualified} enable replica trigger ${name}_row`,
    ];
  });
  return [...made, ...truncateTrigger(source), ...takeAlongTrigger(source, captures)];
}

/** TRUNCATE fires no trigger that sees rows, so nobody would learn what it deleted. */
function truncateTrigger({ move, label, qualified }: CapturedSource): readonly string[] {
  const name = `move_${label}_truncate`;
  return [
    `create or replace function move.${name}() returns trigger language plpgsql as $body$
begin
  raise exception using errcode = 'feature_not_supported',
    message = ${escapeLiteral(`${qualified}: TRUNCATE is refused while the move "${move}" captures what is written here: nobody would learn which rows are gone`)},
    hint = 'Use DELETE.';
end $body$`,
    `create trigger ${name} before truncate on ${qualified} for each statement execute function move.${name}()`,
    `alter table ${qualified} enable always trigger ${name}`,
  ];
}
