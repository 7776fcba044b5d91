import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { Question } from '../problem.ts';
import type { Style, StyleSettings } from './columnStyle.ts';
import { listed } from './evidence.ts';
import type { Cell } from './stagingSql.ts';

/** Where amounts beside a rate settle what it means: what it is taken off, and what is left. */
const takenOff: Record<string, [base: string, left: string][]> = {
  discount_percent: [
    ['list_amount', 'net_amount'],
    ['unit_list', 'unit_net'],
    ['unit_list * quantity', 'net_amount'],
  ],
};

/** Columns of at most so many percent, where a share above 1 can be no fraction, and this part of them tells it. */
const TELLING = 0.2;
/** Part of an amount by which a rounded rate may miss it. */
const ROUNDING = 0.006;

interface Fits {
  points: number;
  fraction: number;
  how: string;
}

const row = async (connection: DuckDBConnection, sql: string) =>
  ((await connection.runAndReadAll(sql)).getRows()[0] ?? []).map(Number);

/** Rows in which the rate, read as points or as a fraction, gives the amount that stands there. */
async function fitsAmounts(
  connection: DuckDBConnection,
  staging: string,
  cell: Cell,
  cells: Cell[],
): Promise<Fits> {
  const there = new Set(cells.map(({ target }) => target));
  for (const [base, left] of takenOff[cell.target] ?? []) {
    if (![...base.split(' * '), left].every((name) => there.has(name))) continue;
    const rate = `${quotedIdentifier(cell.target)}::double`;
    const miss = (factor: number) => `abs((${base})::double * (1 - ${rate} * ${factor}) - ${left}::double)`;
    const near = `greatest(0.011, abs(${base})::double * ${ROUNDING})`;
    const [points = 0, fraction = 0] = await row(
      connection,
      `select count(*) filter (${miss(0.01)} <= ${near} and ${miss(1)} > ${near}),
         count(*) filter (${miss(1)} <= ${near} and ${miss(0.01)} > ${near})
       from ${staging} where abs(${rate}) between 0.0000001 and 1 and ${base} <> 0`,
    );
    const how = `${base} × (1 − rate) = ${left}`.replaceAll('_', ' ').replace('*', '×');
    if (points + fraction > 0) return { points, fraction, how };
  }
  return { points: 0, fraction: 0, how: '' };
}

/** Rows that must stand at all of it: won deals at certainty, the shares of a deal together. */
async function fitsWhole(
  connection: DuckDBConnection,
  staging: string,
  cell: Cell,
  cells: Cell[],
): Promise<Fits> {
  const there = new Set(cells.map(({ target }) => target));
  if (cell.target === 'probability' && there.has('is_won')) {
    const [points = 0, fraction = 0] = await row(
      connection,
      `select count(*) filter (probability = 100), count(*) filter (probability = 1) from ${staging} where is_won`,
    );
    return { points, fraction, how: 'won deals stand at the whole' };
  }
  if (cell.target === 'split_share' && there.has('deal_id')) {
    const [points = 0, fraction = 0] = await row(
      connection,
      `select count(*) filter (abs(whole - 100) < 0.5), count(*) filter (abs(whole - 1) < 0.005) from (
         select sum(split_share) as whole from ${staging} group by deal_id having count(*) > 1)`,
    );
    return { points, fraction, how: 'a deal’s shares add up to the whole' };
  }
  return { points: 0, fraction: 0, how: '' };
}

/** The style that takes bare numbers as fractions: 0.12 is 12%. Cells with a sign are points as they are. */
function asFraction(style: Style, evidence: string): Style {
  const times = (text: string) =>
    style.prepare ? `case when ends_with(${text}, '%') then 1 else 100 end` : '100';
  return {
    ...style,
    name: `${style.name}, 0.12 for 12%`,
    read: (text) => `try_cast(${style.read(text)} * ${times(text)} as decimal(18, 8))`,
    evidence,
  };
}

/**
 * Settles whether a percent column says 12 or 0.12 for 12%, once its numbers are read: by arithmetic against the amounts
 * of its rows, else by how large its numbers are. Throws the question where neither tells.
 */
export async function decidePercent(
  connection: DuckDBConnection,
  staging: string,
  relation: string,
  cell: Cell,
  cells: Cell[],
  settings: StyleSettings,
): Promise<Style> {
  const { style } = cell;
  const name = quotedIdentifier(cell.target);
  const [low = 0] = await row(
    connection,
    `select count(*) from ${staging} where ${name} <> 0 and abs(${name}) <= 1`,
  );
  if (low === 0) return style;
  // Only cells read with care may have the sign, which is to be seen in the file alone.
  const bare = style.prepare
    ? `(select t, n, ${style.read('b')} as v
        from (select ${cell.expression} as t, ${cell.text} as b, count(*) as n from ${relation} group by all)
        where not ends_with(b, '%'))`
    : `(select ${name}::double::varchar as t, 1 as n, ${name} as v from ${staging})`;
  const reader = await connection.runAndReadAll(
    `select sum(n) filter (abs(v) > 1), sum(n) filter (v <> 0 and abs(v) <= 1), list_sort(list_distinct(min(t, 20) filter (v <> 0 and abs(v) <= 1)))[:3]
     from ${bare}`,
  );
  const [above, below, found] = reader.getRowsJS()[0] ?? [];
  const examples = (found as string[] | null) ?? [];
  if (Number(below) === 0) return style;
  for (const fits of [fitsAmounts, fitsWhole]) {
    const { points, fraction, how } = await fits(connection, staging, cell, cells);
    const evidence = `${how}: so in ${Math.max(points, fraction)} rows, otherwise in ${Math.min(points, fraction)}`;
    if (fraction > 0 && points <= fraction * 0.05) return asFraction(style, evidence);
    if (points > 0 && fraction <= points * 0.05) return { ...style, evidence };
  }
  if (Number(above) > 0 && Number(above) >= Number(below) * TELLING)
    return { ...style, evidence: `${Number(above)} cells are above 1` };
  if (settings.percent === 'points') return { ...style, evidence: 'as percent says' };
  if (settings.percent === 'fraction') return asFraction(style, 'as percent says');
  throw new Question(
    `Column "${cell.source}" holds ${listed(examples)}: 0.12 may be 12% or 0.12%, and no amounts beside it tell.`,
    'Which is it? Set percent: fraction (0.12 is 12%) or percent: points (12 is 12%) in holdfast.yaml.',
  );
}
