import type { Answer, AnswerColumn, AnswerValue } from './answer.ts';
import { plainDecimal } from './decimal.ts';

/**
 * What makes a spreadsheet read a cell as a formula: = + - @ and their fullwidth forms, also behind blanks and
 * marks that it drops; and a leading tab or line break. See OWASP, "CSV Injection".
 */
const formula = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * The answer as CSV (RFC 4180, UTF-8, CRLF): column ids as header, numbers plain and in full. Nothing is an
 * empty cell, an empty text is `""`. Text that a spreadsheet would run is led by an apostrophe.
 */
export function toCsv({ columns, rows }: Answer): string {
  const records = [
    columns.map(({ id }) => field(id)),
    ...rows.map((row) => columns.map((column) => cell(row[column.id] ?? null, column))),
  ];
  // A record of one empty field would be an empty line, which readers skip.
  return records.map((fields) => `${fields.join(',') || (columns.length === 1 ? '""' : '')}\r\n`).join('');
}

function cell(value: AnswerValue, column: AnswerColumn): string {
  if (value === null || typeof value === 'boolean') return String(value ?? '');
  return plainDecimal(value, column) ?? (typeof value === 'string' ? field(harmless(value)) : '');
}

/** The text, with an apostrophe in front where a spreadsheet would take it for a formula. */
export function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
