import { cellKind } from './cellKind.ts';

/** A record kept out of the table, with its reason in plain words. `line` is physical, 1-based. */
export interface RowAside {
  line: number;
  column: string | null;
  reason: string;
  text: string;
}

// Written so that JavaScript and DuckDB (RE2) read them alike.
const TOTAL_WORDS =
  '(?:(?:grand|sub|net|page|sum|overall|report)[ -]?)?(?:totals?|sum|summe|gesamt(?:summe)?|insgesamt|zwischensumme|' +
  'teilsumme|teilergebnis|sous-total|total g[ée]n[ée]ral|totale|totaal|totalt|toplam|suma|som|soma|razem|celkem|celkom|' +
  'összesen|yhteensä|итого|всего|合計|総計|小計|合计|总计|Σ)';
const FIGURE_WORDS = '(?:average|avg[.]?|mean|median)';
const FOOTER_WORDS =
  '(?:copyright\\b|©.|[(]c[)]|confidential\\b|generated (?:by|on|at)\\b|report generated\\b|exported (?:by|on|at)\\b|' +
  'created by\\b|run (?:by|on)\\b|as of\\b|filtered by\\b|applied filters\\b|end of (?:report|file)\\b|eof$|' +
  '[*]+ ?end ?[*]+$|page \\d+(?: (?:of|/) \\d+)?$|source: |\\d[\\d,. ]* (?:rows?|records?)\\b|total records\\b|' +
  'rows? returned\\b)';

const TOTAL = new RegExp(`^${TOTAL_WORDS}\\s*(?:[:(].*)?$`, 'iu');
/** Words that tell of other records only where most of the rest is empty. */
const FIGURE = new RegExp(`^${FIGURE_WORDS}\\s*:?$`, 'iu');
const FOOTER = new RegExp(`^${FOOTER_WORDS}`, 'iu');

/** What a first cell looks like that may be no record's: a regular expression of DuckDB. */
export const SUSPECT = `(?i)^\\s*(?:[-=]{2,}\\s*$|${TOTAL_WORDS}\\s*(?:[:(].*)?$|${FIGURE_WORDS}\\s*:?\\s*$|${FOOTER_WORDS})`;

export const REPEATED_HEADER = 'Repeats the header.';

/**
 * Says why a record of the right width is no data, or null where it is: a repeated header, a totals row, an empty
 * one.
 */
export function asideReason(fields: string[], header: string[]): string | null {
  const filled = fields.filter((field) => field.trim() !== '');
  if (filled.length === 0) return fields.length > 1 ? 'Every field is empty.' : null;
  if (header.length > 0 && fields.every((field, index) => field.trim() === (header[index] ?? '').trim()))
    return REPEATED_HEADER;
  if (fields.length < 2) return null;
  if (filled.every((field) => /^\s*[-=]{2,}\s*$/.test(field))) return 'A ruled line, not a record.';
  const [first = ''] = filled;
  if (filled.length === 1 && FOOTER.test(first.trim())) return 'A report footer, not a record.';
  const isFigure = FIGURE.test(first.trim()) && fields.length > 3 && filled.length <= fields.length / 2;
  if ((TOTAL.test(first.trim()) || isFigure) && holdsSums(fields)) return 'A totals row, not a record.';
  return null;
}

/** Whether a cell is a word for totals and nothing else. */
export const isTotalWord = (field: string) => TOTAL.test(field.trim());

/** An amount or a count, its currency in front or behind. */
const AMOUNT =
  /^(?:\p{L}{1,3}\.?\s)?(?:\p{L}{0,2}\p{Sc})?[\s(+−-]*\d[\d.,'’\s]*[\s\p{Sc}%)−-]*(?:\s\p{L}{1,3}\.?)?[)−-]?$/u;

export const isAmountText = (field: string) => AMOUNT.test(field) && cellKind(field) !== 'date';

/** Totals fill in amounts and leave the rest empty; a record that is called so has words, ids or dates as well. */
function holdsSums(fields: string[]): boolean {
  const [, ...others] = fields.map((field) => field.trim()).filter((field) => field !== '');
  return others.every(isAmountText);
}

/** Whether a record that is too short reads like the foot of a report. */
export function isFooterText(fields: string[]): boolean {
  const filled = fields.map((field) => field.trim()).filter((field) => field !== '');
  const [first = ''] = filled;
  return FOOTER.test(first) || TOTAL.test(first);
}

/** Why a record does not fit the header, e.g. "Has 7 fields where the header has 9." */
export function misfitReason(fields: number, expected: number, hasHeader: boolean): string {
  const other = hasHeader ? 'the header has' : 'the other lines have';
  return `Has ${fields} ${fields === 1 ? 'field' : 'fields'} where ${other} ${expected}.`;
}

/** Whether a record that does not fit is the header of another table: most of its cells are names of this one. */
export function startsAnotherTable(fields: string[], header: string[]): boolean {
  const names = new Set(header.map((name) => name.trim()).filter((name) => name !== ''));
  const known = fields.filter((field) => names.has(field.trim())).length;
  return known >= 2 && known >= 0.6 * Math.max(names.size, fields.length);
}
