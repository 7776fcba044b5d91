import type { DuckDBConnection } from '@duckdb/node-api';
import type { DecimalMark } from '../configuration/configuration.ts';
import { Question } from '../problem.ts';
import { sqlTypes, type ColumnType } from '../schema/canonical.ts';
import { plainStyle, type Style, type StyleSettings } from './columnStyle.ts';
import { cells, counts, listed, onlySo, rivals, spokenFor, type AskedColumn } from './evidence.ts';

/** The ways of writing numbers: what stands before the decimals, what between thousands. */
const marks: { macro: string; mark: DecimalMark; name: string }[] = [
  { macro: 'number_point', mark: 'point', name: 'decimal point' },
  { macro: 'number_point_blank', mark: 'point', name: 'decimal point, blank between thousands' },
  { macro: 'number_point_apostrophe', mark: 'point', name: 'decimal point, apostrophe between thousands' },
  { macro: 'number_comma', mark: 'comma', name: 'decimal comma' },
  { macro: 'number_comma_blank', mark: 'comma', name: 'decimal comma, blank between thousands' },
  { macro: 'number_comma_apostrophe', mark: 'comma', name: 'decimal comma, apostrophe between thousands' },
];

/** One telling cell in so many that could be either way is too few to decide a column of money. */
const FEW = 0.01;

type NumberColumn = AskedColumn & { type: ColumnType };

/** Reads a prepared cell by one of the macros above. */
function valueOf(macro: string, type: ColumnType, text: string): string {
  if (type === 'integer') return `try_cast(whole(try_cast(${macro}(${text}) as decimal(38, 8))) as bigint)`;
  return `try_cast(${macro}(${type === 'percent' ? `rtrim(${text}, '%')` : text}) as ${sqlTypes[type]})`;
}

/** What CR behind an amount means: a credit is negative, unless amounts are all marked and it may be either. */
async function creditMacro(
  connection: DuckDBConnection,
  from: string,
  column: NumberColumn,
  settings: StyleSettings,
): Promise<string | null> {
  const { credits, debits, plain } = await counts(
    connection,
    `select sum(n) filter (is_marked_credit(b)) as credits, sum(n) filter (is_marked_debit(b)) as debits,
       sum(n) filter (not is_marked_credit(b) and not is_marked_debit(b)) as plain from ${from}`,
  );
  if (!credits && !debits) return null;
  if (settings.credits) return settings.credits === 'positive' ? 'debit_below_zero' : 'credit_below_zero';
  if (credits && !debits && plain) return 'credit_below_zero';
  throw new Question(
    `Amounts of column "${column.header}" are marked CR or DR, and which of them count as negative can't be told.`,
    'Which is it? Set credits: negative (or positive) in holdfast.yaml.',
  );
}

/**
 * Decides how the numbers of a column are written, from all of its cells. Throws the question when the decimal mark
 * can't be told from the thousands mark.
 */
export async function decideNumberStyle(
  connection: DuckDBConnection,
  relation: string,
  column: NumberColumn,
  settings: StyleSettings,
): Promise<Style> {
  const { type } = column;
  const body = type === 'percent' ? 'percent_body' : 'number_body';
  const from = cells(relation, column.text, body);
  const credit = await creditMacro(connection, from, column, settings);
  const ready = (text: string) => (credit ? `${credit}(${text})` : text);
  const value = ({ macro }: { macro: string }) => valueOf(macro, type, ready('b'));
  const plain = plainStyle(type);

  const tally = await counts(
    connection,
    `select sum(n) as cells, sum(n) filter (${plain.read('t')} is not null) as plain,
       ${marks.map((way) => `sum(n) filter (${value(way)} is not null) as ${way.macro}`).join(', ')} from ${from}`,
  );
  const bestOf = (mark: DecimalMark) =>
    marks
      .filter((way) => way.mark === mark)
      .reduce((best, way) => ((tally[way.macro] ?? 0) > (tally[best.macro] ?? 0) ? way : best));
  const point = bestOf('point');
  const comma = bestOf('comma');
  const found = await rivals(connection, from, value(point), value(comma));
  const spoken = spokenFor(found, FEW);
  const style = (way: (typeof marks)[number], evidence: string): Style =>
    way === point && tally.plain === tally.cells && !credit
      ? { ...plain, prepare: (text) => `value_said(${text})`, evidence }
      : {
          name: way.name,
          prepare: (text) => ready(`${body}(${text})`),
          read: (text) => valueOf(way.macro, type, text),
          evidence,
        };
  if (spoken === 'a') return style(point, onlySo(found.onlyA, found.exampleA));
  if (spoken === 'b') return style(comma, onlySo(found.onlyB, found.exampleB));
  if (found.differ === 0 && found.onlyA === 0 && found.onlyB === 0)
    return style(point, 'no cell has a mark that could be read otherwise');
  if (settings.decimalMark)
    return style(settings.decimalMark === 'point' ? point : comma, 'as decimal_mark says');
  if (found.differ > 0)
    throw new Question(
      `Column "${column.header}" can be read with a decimal point or with a decimal comma throughout: ${listed(found.examples)}.`,
      'Which is it? Set decimal_mark: point (or comma) in holdfast.yaml.',
    );
  throw new Question(
    `Column "${column.header}" has numbers with a decimal point (${found.exampleA}) and with a decimal comma (${found.exampleB}).`,
    'Which is right? Set decimal_mark: point (or comma) in holdfast.yaml; the others are rejected.',
  );
}
