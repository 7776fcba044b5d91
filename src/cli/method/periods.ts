import { Problem } from '../../../pipeline/problem.ts';
import type { RoleTable } from './roles.ts';

/** Years, quarters, months or days that sort as text in the order of time. */
const SORTABLE = /^\d{4}(-?Q[1-4]|-W\d{2}|-\d{2}(-\d{2})?)?$/i;
const NEVER = new Set(['', '0', 'never', 'inf', 'na', 'nan', 'null']);

export interface Clock {
  /** The time of a cell as a number of periods. */
  at: (text: string) => number;
  /** How the file writes that time. */
  label: (time: number) => string;
}

/**
 * How a file counts time: its own numbers, or the place among its periods in order where they are written like
 * 2026-Q3 or 2026-02.
 */
export function clockOf(table: RoleTable, role: string): Clock {
  const texts = [...new Set(table.rows.map(({ cells }) => cells[role]!))];
  if (texts.every((text) => text !== '' && Number.isFinite(Number(text))))
    return { at: Number, label: String };
  const wrong = table.rows.find(({ cells }) => !SORTABLE.test(cells[role]!));
  if (wrong)
    throw new Problem(
      `"${wrong.cells[role]}" in ${table.columns[role]} is no time.`,
      'Times are whole numbers, or written like 2026, 2026-Q3, 2026-02 or 2026-02-01.',
      { file: table.file, line: wrong.line },
    );
  const order = texts.map((text) => text.toUpperCase()).sort();
  return {
    // A time between two of the file's is the later one: treatment starts to count there.
    at: (text) => {
      const index = order.findIndex((each) => each >= text.toUpperCase());
      return index < 0 ? order.length + 1 : index + 1;
    },
    label: (time) => order[time - 1] ?? String(time),
  };
}

/** The first treated time of a cell; null where it says never. */
export function firstTreatedIn(
  table: RoleTable,
  row: RoleTable['rows'][number],
  clock: Clock,
): number | null {
  const text = row.cells['first_treated']!;
  if (NEVER.has(text.toLowerCase())) return null;
  const time = clock.at(text);
  if (Number.isFinite(time)) return time;
  throw new Problem(
    `"${text}" in ${table.columns['first_treated']} is no time.`,
    'Write it like the times, or leave it empty where the unit was never treated.',
    { file: table.file, line: row.line },
  );
}
