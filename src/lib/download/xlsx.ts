import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node';
import { count } from '../design/formats.ts';
import type { Answer, AnswerColumn, AnswerFormat, AnswerValue } from './answer.ts';
import { holdsNumbers, plainDecimal } from './decimal.ts';

/** What a sheet can hold: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const longestText = 32_767;
const mostRows = 1_048_576;

const formats: Record<AnswerFormat, string> = {
  text: '@',
  date: 'yyyy-mm-dd',
  money: '#,##0.00',
  rate: '0.0%',
  points: '+0.0%;-0.0%;0.0%',
  count: '#,##0',
  number: '#,##0.###',
  days: '#,##0.0',
  boolean: 'General',
};

/** An answer that the format asked for cannot hold; the message says which can. */
export class TooLargeError extends Error {}

export interface About {
  title: string;
  /** The request as a person can repeat it: a link or a command. */
  request?: string;
}

/**
 * The answer as an Excel workbook: numbers and dates as such, text as text and never as a formula, and a
 * second sheet that says what the figures rest on. Throws TooLargeError where the rows don't fit a sheet.
 */
export function toXlsx(answer: Answer, about: About): Promise<Buffer> {
  const { columns, rows } = answer;
  if (rows.length >= mostRows) {
    throw new TooLargeError(
      `A sheet holds ${count(mostRows - 1)} rows; this answer has ${count(rows.length)}. Take CSV or Parquet.`,
    );
  }
  const data: SheetData = [
    columns.map((column) => heading(title(column))),
    ...rows.map((row) => columns.map((column) => cell(row[column.id] ?? null, column))),
  ];
  const widths = columns.map((column) => ({ width: Math.max(title(column).length + 2, 14) }));
  return writeExcelFile([
    { data, sheet: 'Answer', columns: widths, stickyRowsCount: 1 },
    {
      data: aboutRows(answer, about),
      sheet: 'About',
      columns: [{ width: 24 }, { width: 60 }, { width: 14 }],
    },
  ]).toBuffer();
}

const title = ({ label, unit }: AnswerColumn) => (unit ? `${label} (${unit})` : label);
const heading = (value: string): Cell => ({ value, fontWeight: 'bold' });

function cell(value: AnswerValue, column: AnswerColumn): Cell {
  const number = plainDecimal(value, column);
  if (number !== null) {
    const format = holdsNumbers(column) ? formats[column.format] : 'General';
    return { type: Number, value: Number(number), format };
  }
  if (typeof value === 'boolean') return { type: Boolean, value };
  if (typeof value !== 'string') return null;
  const date = column.format === 'date' ? serialDate(value) : null;
  return date ? { type: Date, value: date, format: formats.date } : text(value);
}

/** Midnight UTC of a day that a workbook can hold as a date. Its calendar is wrong before March 1900. */
function serialDate(day: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < '1900-03-01') return null;
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function text(value: string): Cell {
  return { type: String, value: storable(value), format: formats.text };
}

/**
 * As much of the text as a cell holds, with a cell's line ends. In a workbook `_x0041_` stands for "A", so an
 * underscore that begins such a mark is written as a mark itself; half a surrogate pair is no character.
 */
function storable(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .slice(0, longestText)
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '?')
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
}

function aboutRows({ columns, rows, build_id, n, coverage }: Answer, about: About): SheetData {
  const values = rows.flatMap((row) => columns.map(({ id }) => row[id]));
  const cut = values.filter((value) => typeof value === 'string' && value.length > longestText).length;
  const known: Cell = coverage === null ? 'not applicable' : { value: coverage, format: formats.rate };
  return [
    [heading('Title'), text(about.title)],
    [heading('Request'), text(about.request ?? '')],
    [heading('Build'), text(build_id)],
    [heading('Rows behind it (n)'), { value: n, format: formats.count }],
    [heading('Coverage'), known],
    ...(cut ? [[heading('Cut texts'), `${cut} longer than the ${longestText} characters a cell holds`]] : []),
    [],
    [heading('Column'), heading('Name in a request'), heading('Holds')],
    ...columns.map((column) => [text(title(column)), text(column.id), text(column.format)]),
  ];
}
