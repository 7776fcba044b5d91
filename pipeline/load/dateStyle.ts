import type { DuckDBConnection } from '@duckdb/node-api';
import { Question } from '../problem.ts';
import type { Style, StyleSettings } from './columnStyle.ts';
import { cells, counts, listed, onlySo, rivals, spokenFor, type AskedColumn } from './evidence.ts';

type DateColumn = AskedColumn & { type: 'date' | 'instant' };

const names = {
  iso: 'year-month-day',
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  yymd: 'year of two digits, month, day',
  named: 'month by name',
  epoch: 'seconds since 1970',
  serial: 'Excel’s day numbers',
};
type Form = keyof typeof names;
const forms = Object.keys(names) as Form[];

/** Forms that are read from the cell as it stands; the others from a day with slashes. */
const asItStands = (form: Form) => form === 'iso' || form === 'epoch' || form === 'serial';

/** Makes a cell ready for a form; `timed` where any cell of the column tells a time. */
function prepareFor(form: Form, timed: boolean): (text: string) => string {
  if (asItStands(form)) return (text) => `date_body(${text})`;
  return (text) => `${timed ? 'slashed_timed' : 'slashed'}(date_body(${text}))`;
}

/** SQL that reads a prepared cell in one of the forms. */
function readingOf(form: Form, type: 'date' | 'instant', timed: boolean): (text: string) => string {
  if (form === 'iso') return (text) => `${type}_iso(${text})`;
  if (form === 'epoch')
    return (text) =>
      type === 'date' ? `utc_to_local_date(instant_epoch(${text}))` : `instant_epoch(${text})`;
  if (form === 'serial')
    return (text) => (type === 'date' ? `day_serial(${text})` : `instant_serial(${text})`);
  if (timed)
    return (text) => `${type}_of(day_${form}(split_part(${text}, '|', 1)), split_part(${text}, '|', 2))`;
  return (text) =>
    type === 'date' ? `day_${form}(${text})` : `local_to_utc(day_${form}(${text})::timestamp)`;
}

/** Fewer telling cells than this among those that could be either way are typing errors. */
const FEW = 0.05;

const TWO_DIGITS = 'years of two digits: 00–68 are 2000–2068, 69–99 are 1969–1999';

/**
 * Decides how the dates of a column are written, from all of its cells. Throws the question when day and month can't be
 * told apart, or the year's two digits from the day's.
 */
export async function decideDateStyle(
  connection: DuckDBConnection,
  relation: string,
  column: DateColumn,
  settings: StyleSettings,
): Promise<Style> {
  const { type } = column;
  const bodies = cells(relation, column.text, 'date_body');
  const first = await counts(
    connection,
    `select sum(n) filter (contains(b, ':')) as timed, sum(n) filter (instant_epoch(b) is not null) as epoch,
       sum(n) as cells from ${bodies}`,
  );
  const timed = (first.timed ?? 0) > 0;
  const asShared = (read: number | undefined) => `${read ?? 0} of ${first.cells} cells can be read so`;
  // So many digits are nothing else, and setting up all the other readings takes a quarter of a second a column.
  if (first.cells && first.epoch === first.cells)
    return {
      name: names.epoch,
      prepare: prepareFor('epoch', timed),
      read: readingOf('epoch', type, timed),
      evidence: asShared(first.epoch),
    };
  const from = `(select t, n, b, ${timed ? 'slashed_timed' : 'slashed'}(b) as d from ${bodies})`;
  const value = (form: Form) => readingOf(form, type, timed)(asItStands(form) ? 'b' : 'd');
  const tally = await counts(
    connection,
    `select ${forms.map((form) => `sum(n) filter (${form} is not null) as ${form}, year(max(${form})) - year(min(${form})) as years_${form}`).join(', ')},
       sum(n) filter (regexp_matches(b, '(^|[^\\d:])\\d{2}($|\\s+\\d{1,2}:)')) as short
     from (select b, n, ${forms.map((form) => `${value(form)} as ${form}`).join(', ')} from ${from})`,
  );
  const count = (form: Form) => tally[form] ?? 0;
  const style = (form: Form, evidence: string): Style => {
    const isShort = (form === 'dmy' || form === 'mdy' || form === 'named' || form === 'yymd') && tally.short;
    return {
      name: names[form],
      prepare: prepareFor(form, timed),
      read: readingOf(form, type, timed),
      evidence: isShort ? `${evidence}; ${TWO_DIGITS}` : evidence,
    };
  };
  const best = forms.reduce((first, form) => (count(form) > count(first) ? form : first));
  const share = asShared(count(best));
  if (!['dmy', 'mdy', 'yymd'].includes(best)) return style(best, share);

  const ask = (how: string, examples: string[], setting: string) =>
    new Question(
      `Column "${column.header}" can be read as ${how} throughout: ${listed(examples)}.`,
      `Which is it? Set ${setting} in holdfast.yaml.`,
    );
  const order = best === 'mdy' ? 'mdy' : 'dmy';
  // The year is what changes least: where the first two digits do, they may be it.
  const isYearFirst =
    count('yymd') === count(best) && (tally.years_yymd ?? 0) < (tally[`years_${order}`] ?? 0);
  if (count('yymd') > count(order) || (isYearFirst && settings.dateOrder === 'ymd'))
    return style('yymd', count('yymd') > count(order) ? share : 'as date_order says');
  if (isYearFirst && !settings.dateOrder) {
    const { examples } = await rivals(connection, from, value(order), value('yymd'));
    throw ask(
      `${order === 'dmy' ? 'day' : 'month'} first or as year first`,
      examples,
      `date_order: ${order} (or ymd)`,
    );
  }
  const found = await rivals(connection, from, value('dmy'), value('mdy'));
  const spoken = spokenFor(found, FEW);
  if (spoken === 'a') return style('dmy', onlySo(found.onlyA, found.exampleA));
  if (spoken === 'b') return style('mdy', onlySo(found.onlyB, found.exampleB));
  if (found.differ === 0 && (found.onlyA === 0 || found.onlyB === 0))
    return style(best, 'day and month are the same in every cell');
  if (settings.dateOrder === 'dmy' || settings.dateOrder === 'mdy')
    return style(settings.dateOrder, 'as date_order says');
  const examples =
    found.differ > 0 ? found.examples : [found.exampleA, found.exampleB].filter((text) => text !== null);
  throw ask('day-month or as month-day', examples, 'date_order: dmy (or mdy)');
}
