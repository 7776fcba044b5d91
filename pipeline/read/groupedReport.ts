import { isAmountText, isTotalWord } from './asides.ts';

const isBlank = (field: string | undefined) => (field ?? '').trim() === '';

const COUNT = /^(?:record )?(?:count|anzahl|nombre|recuento|conteggio|contagem|aantal)(?:\s+\d+)?$/i;
const isSorted = (name: string) => /\S\s*[↑↓]\s*$/.test(name);

/**
 * Columns that a report is grouped by: the first of its columns, which Salesforce marks with the direction in which they
 * are sorted. One further on is sorted only.
 */
function groupedBy(header: readonly string[]): number[] {
  const named = header.flatMap((name, index) => (isBlank(name) ? [] : [index]));
  const other = named.findIndex((index) => !isSorted(header[index]!));
  return other < 0 ? named : named.slice(0, other);
}

export const isGrouped = (header: readonly string[]) => groupedBy(header).length > 0;

/**
 * The records of a report that is grouped, as Salesforce exports one with its formatting: a group is named on the first
 * of its rows only, and its sums and counts stand below it.
 */
export class GroupedReport {
  private readonly columns: number[];
  /** The group in each of the columns that the record above belonged to. */
  private readonly groups: string[];

  constructor(header: readonly string[]) {
    this.columns = groupedBy(header);
    this.groups = this.columns.map(() => '');
  }

  /** Whether a record is a sum or a count of those above it: besides its word it holds numbers only. */
  isFigure(fields: readonly string[]): boolean {
    const named = this.columns.map((column) => (fields[column] ?? '').trim());
    const isWord = (field: string) => isTotalWord(field) || COUNT.test(field);
    const filled = fields.map((field) => field.trim()).filter((field) => field !== '');
    const [first = '', ...others] = filled.filter((field) => !named.includes(field) || isWord(field));
    const isOfGroup = named.some(isTotalWord) || (named.every(isBlank) && COUNT.test(first));
    return isOfGroup && isWord(first) && others.every((field) => isWord(field) || isAmountText(field));
  }

  /** The record with its groups named. */
  named(fields: readonly string[]): string[] {
    const whole = [...fields];
    let isNew = false;
    for (const [place, column] of this.columns.entries()) {
      isNew ||= !isBlank(fields[column]);
      if (isNew) this.groups[place] = fields[column] ?? '';
      else whole[column] = this.groups[place]!;
    }
    return whole;
  }
}
