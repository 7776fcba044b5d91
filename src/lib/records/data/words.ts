import { count, date, dateAndTime } from '../../design/formats.ts';
import { inWords } from '../words.ts';
import type { CheckResult } from './checks.ts';
import type { RowCounts } from './files.ts';

const delimiters: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/** `{"format":"csv","encoding":"utf-8","delimiter":","}` as "CSV, UTF-8, commas". */
export function dialectInWords(json: string): string {
  const { format, encoding, delimiter, ...rest } = JSON.parse(json) as Record<string, unknown>;
  const oddities = Object.entries(rest).filter(
    ([, value]) => value !== null && value !== false && value !== '',
  );
  const told = [
    typeof format === 'string' ? format.toUpperCase() : '',
    // What is no text has neither an encoding nor a delimiter worth telling.
    typeof encoding === 'string' && delimiter !== '' ? encoding.toUpperCase() : '',
    typeof delimiter === 'string' && delimiter !== '' ? (delimiters[delimiter] ?? `“${delimiter}”`) : '',
    ...oddities.map(([name, value]) =>
      value === true
        ? inWords(name)
        : `${inWords(name)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    ),
  ];
  return told.filter(Boolean).join(', ');
}

/** "38 files gave 113,274 rows: 113,234 are loaded, 40 set aside; none was rejected." */
export function findingOf(files: number, totals: RowCounts): string {
  const { rows_in, rows_loaded, rows_rejected, rows_set_aside } = totals;
  const gave = `${count(files, 'file')} gave ${count(rows_in, 'row')}`;
  if (rows_rejected === 0 && rows_set_aside === 0) return `${gave}, and every one is loaded.`;
  const parts = [
    `${count(rows_loaded)} are loaded`,
    rows_set_aside > 0 ? `${count(rows_set_aside)} set aside` : '',
    rows_rejected > 0 ? `${count(rows_rejected)} could not be read` : '',
  ];
  const none = rows_rejected === 0 ? '; none was rejected' : '';
  return `${gave}: ${parts.filter(Boolean).join(', ')}${none}.`;
}

/** How the checks went, worst first. */
export function checksInWords(checks: CheckResult[]): string {
  const failed = checks.filter(({ passed, severity }) => !passed && severity === 'block').length;
  const warned = checks.filter(({ passed, severity }) => !passed && severity === 'warn').length;
  const held = checks.filter(({ passed }) => passed).length;
  if (failed > 0) return `${count(failed, 'check')} failed: the numbers can't be relied on.`;
  if (warned > 0)
    return `${held} of ${count(checks.length, 'check')} hold; ${count(warned, 'is', 'are')} to look at, below.`;
  return `All ${count(checks.length, 'check')} hold.`;
}

/** When a file was exported: a name that gives a day alone is taken as that day's end. */
export function exportedInWords(at: string, timeZone: string): string {
  return at.endsWith('T23:59:59Z') ? date(at.slice(0, 10)) : dateAndTime(at, timeZone);
}

const origins: Record<string, string> = {
  'file name': 'by its name',
  'modification time': 'by its time of change',
  load: 'when loaded',
};

/** Where the date of an export comes from. */
export const originInWords = (source: string): string => origins[source] ?? source;
