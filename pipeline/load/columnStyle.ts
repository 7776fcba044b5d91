import type { DuckDBConnection } from '@duckdb/node-api';
import type { DateOrder, DecimalMark } from '../configuration/configuration.ts';
import { Question } from '../problem.ts';
import { sqlTypes, type ColumnType } from '../schema/canonical.ts';

/** A way of writing a value, and the SQL that reads it from a text expression. */
export interface Style {
  name: string;
  read: (text: string) => string;
}

export interface StyleSettings {
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
}

const wall = (macro: string, type: ColumnType) => (text: string) =>
  type === 'date' ? `${macro}(${text})::date` : `local_to_utc(${macro}(${text}))`;

function dateStyles(type: 'date' | 'instant'): Record<string, Style> {
  const epoch = (text: string) =>
    type === 'date' ? `utc_to_local_date(instant_epoch(${text}))` : `instant_epoch(${text})`;
  return {
    iso: { name: 'year-month-day', read: (text) => `${type}_iso(${text})` },
    ymd: { name: 'year, month, day', read: wall('wall_ymd', type) },
    dmy: { name: 'day, month, year', read: wall('wall_dmy', type) },
    mdy: { name: 'month, day, year', read: wall('wall_mdy', type) },
    named: { name: 'month by name', read: wall('wall_named', type) },
    epoch: { name: 'seconds since 1970', read: epoch },
  };
}

function numberStyles(type: ColumnType): Record<string, Style> {
  const cast = (macro: string) => (text: string) => `try_cast(${macro}(${text}) as ${sqlTypes[type]})`;
  return {
    point: { name: 'decimal point', read: cast('number_point') },
    comma: { name: 'decimal comma', read: cast('number_comma') },
    blank: { name: 'blank or apostrophe between thousands', read: cast('number_blank') },
  };
}

/** The plain way of writing each type: what nearly every export uses, and the fastest to read. */
export function plainStyle(type: ColumnType): Style {
  switch (type) {
    case 'id':
    case 'text':
      return { name: 'text', read: (text) => text };
    case 'currency':
      return { name: 'currency code', read: (text) => `upper(trim(${text}))` };
    case 'boolean':
      return { name: 'yes or no', read: (text) => `truth(${text})` };
    case 'date':
    case 'instant':
      return { name: 'year-month-day', read: (text) => `${type}_iso(${text})` };
    default:
      return { name: 'decimal point', read: (text) => `try_cast(${text} as ${sqlTypes[type]})` };
  }
}

interface Column {
  /** SQL text expression over the relation. */
  text: string;
  type: ColumnType;
  /** For messages. */
  header: string;
}

async function counts(connection: DuckDBConnection, sql: string): Promise<Record<string, number>> {
  const reader = await connection.runAndReadAll(sql);
  const row = reader.getRowObjects()[0] ?? {};
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

/** One row per different cell of a column, words for "nothing" left out. */
const cells = (relation: string, column: Column) =>
  `(select distinct said(${column.text}) as t from ${relation} where said(${column.text}) is not null)`;

/**
 * Decides how the dates of a column are written, from all of its cells. Throws the question when day and
 * month can't be told apart.
 */
export async function decideDateStyle(
  connection: DuckDBConnection,
  relation: string,
  column: Column & { type: 'date' | 'instant' },
  settings: StyleSettings,
): Promise<Style> {
  const styles = dateStyles(column.type);
  const names = Object.keys(styles);
  const read = names.map((name) => `${styles[name]!.read('t')} as ${name}`).join(', ');
  const tally = await counts(
    connection,
    `select count(*) as cells, ${names.map((name) => `count(${name}) as ${name}`).join(', ')},
       count(*) filter (dmy <> mdy) as differ
     from (select ${read} from ${cells(relation, column)})`,
  );
  const best = Math.max(...names.map((name) => tally[name] ?? 0));
  const fits = names.filter((name) => (tally[name] ?? 0) === best);
  const order = settings.dateOrder;
  if (order && fits.includes(order)) return styles[order]!;
  const rivals = ['dmy', 'mdy'].every(
    (name) => (tally[name] ?? 0) > 0 && (tally[name] ?? 0) * 20 > best * 19,
  );
  if (rivals && (tally.differ ?? 0) > 0 && (fits.includes('dmy') || fits.includes('mdy'))) {
    if (order && styles[order]) return styles[order];
    throw new Question(
      `Column "${column.header}" can be read as day-month or as month-day throughout.`,
      'Which is it? Set date_order: dmy (or mdy) in holdfast.yaml.',
    );
  }
  return styles[fits[0] ?? 'iso']!;
}

/**
 * Decides how the numbers of a column are written, from all of its cells. Throws the question when the
 * decimal mark can't be told from the thousands mark.
 */
export async function decideNumberStyle(
  connection: DuckDBConnection,
  relation: string,
  column: Column,
  settings: StyleSettings,
): Promise<Style> {
  const styles = numberStyles(column.type);
  const tally = await counts(
    connection,
    `select count(*) as cells, count(point) as point, count(comma) as comma, count(blank) as blank,
       count(*) filter (point <> comma) as differ
     from (select ${Object.entries(styles)
       .map(([name, style]) => `${style.read('t')} as ${name}`)
       .join(', ')}
       from ${cells(relation, column)})`,
  );
  const best = Math.max(tally.point ?? 0, tally.comma ?? 0, tally.blank ?? 0);
  const fits = ['point', 'comma', 'blank'].filter((name) => (tally[name] ?? 0) === best);
  if (fits.includes('point') && fits.includes('comma') && (tally.differ ?? 0) > 0) {
    if (settings.decimalMark) return styles[settings.decimalMark]!;
    throw new Question(
      `Column "${column.header}" can be read with a decimal point or with a decimal comma throughout.`,
      'Which is it? Set decimal_mark: point (or comma) in holdfast.yaml.',
    );
  }
  return styles[fits[0] ?? 'point']!;
}
