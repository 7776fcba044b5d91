import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import { sqlTypes, type CanonicalTable, type ColumnType } from '../schema/canonical.ts';
import type { FeedPlan, PlannedColumn } from '../sources/recognise.ts';
import type { Style } from './columnStyle.ts';
import { isNoPlainNumber, numbersComputedWith } from './computedInputs.ts';

export interface Cell extends PlannedColumn {
  type: ColumnType;
  required: boolean;
  style: Style;
  /** SQL text of the cell, with the words for "nothing" taken as nothing where the column has any. */
  text: string;
}

/** A way in which cells of one row may contradict each other, as `problem`. */
export interface RowCheck {
  problem: string;
  /** SQL, true where they do, given the text of the row's currency. */
  sql: (currency: string) => string;
}

export const isText = (type: ColumnType) => type === 'id' || type === 'text' || type === 'currency';

const numeric: readonly ColumnType[] = ['amount', 'price', 'quantity', 'percent', 'integer'];
export const isNumeric = (type: ColumnType) => numeric.includes(type);

/** A cell read with care is read once and then only named: its SQL is long. */
const valueOf = ({ target, style, text }: Cell) =>
  style.prepare ? quotedIdentifier(`value of ${target}`) : style.read(text);

/**
 * The first thing that is wrong with a row: the column that can't be read, `!` and the one that is missing, `~` and the
 * id that a spreadsheet rounded, or `$` and the one that is in another currency than its row.
 */
function problemSql(cells: Cell[], checks: readonly RowCheck[]): string {
  const complaints = cells.flatMap((cell) => {
    const value = valueOf(cell);
    const unread = isText(cell.type)
      ? []
      : [`when ${value} is null and ${cell.text} is not null then ${quotedString(cell.target)}`];
    const missing = cell.required
      ? [`when ${cell.text} is null then ${quotedString(`!${cell.target}`)}`]
      : [];
    const rounded =
      cell.type === 'id' ? [`when is_rounded_id(${cell.text}) then ${quotedString(`~${cell.target}`)}`] : [];
    return [...missing, ...unread, ...rounded];
  });
  const currency = cells.find(({ target }) => target === 'currency')?.text ?? 'null::varchar';
  for (const { problem, sql } of checks)
    complaints.push(`when ${sql(currency)} then ${quotedString(problem)}`);
  return complaints.length > 0 ? `case ${complaints.join(' ')} end` : 'null::varchar';
}

/** Whether the plain way of reading a row may not be what its cells mean; true or null. */
function unclearSql(cells: Cell[]): string {
  const doubts = cells.flatMap(({ text, type, how }) => [
    // Numbers, dates and truths that are odd are not read, which shows by itself.
    ...(isText(type) ? [`is_odd(${text})`] : []),
    ...(type === 'id' ? [`is_short_salesforce_id(${text})`] : []),
    ...(isNumeric(type) && how !== 'computed' ? [`may_be_thousands(${text})`] : []),
  ]);
  for (const input of numbersComputedWith(cells))
    doubts.push(isNoPlainNumber(input), `may_be_thousands(${input})`);
  return doubts.length > 0 ? doubts.join(' or ') : 'false';
}

/**
 * Creates the staging table of a feed: the columns of its `raw` table in their order, and beside them `problem`,
 * `keep` and `unclear`. Without `line` source_line is still to be filled.
 */
export function stagingSql(
  name: string,
  relation: string,
  line: string | null,
  fileId: string,
  table: CanonicalTable,
  plan: FeedPlan,
  cells: Cell[],
  checks: readonly RowCheck[] = [],
): string {
  // Each cell's text is worked out once and then only named: it may be a look-up.
  const texts = cells.map(({ text, target }) => `${text} as ${quotedIdentifier(`text of ${target}`)}`);
  const named: Cell[] = cells.map((cell) => ({ ...cell, text: quotedIdentifier(`text of ${cell.target}`) }));
  const values = table.columns.map(({ name: column, type }) => {
    const cell = named.find(({ target }) => target === column);
    const value = cell ? valueOf(cell) : 'null';
    return `(${value})::${sqlTypes[type]} as ${quotedIdentifier(column)}`;
  });
  const read = named
    .filter(({ style }) => style.prepare)
    .map(({ style, text, target }) => `${style.read(text)} as ${quotedIdentifier(`value of ${target}`)}`);
  const said = `(select *, ${texts.join(', ')} from ${relation})`;
  const keep = plan.keep ? `coalesce(${plan.keep.sql}, false)` : 'true';
  // What is not kept is not judged.
  const problem = plan.keep
    ? `case when ${keep} then ${problemSql(named, checks)} end`
    : problemSql(named, checks);
  return `create or replace table ${name} as
    select ${quotedString(fileId)} as source_file_id, (${line ?? 'null'})::bigint as source_line,
      ${values.join(', ')}, ${problem} as problem, ${keep} as keep, ${unclearSql(named)} as unclear
    from ${read.length > 0 ? `(select *, ${read.join(', ')} from ${said})` : said}`;
}
