import { isTotalWord } from './asides.ts';

const isBlank = (field: string | undefined) => (field ?? '').trim() === '';

const COUNT = /^(?:record )?(?:count|anzahl|nombre|recuento|conteggio|contagem|aantal)$/i;
const NUMBER = /^[\d.,\s]+$/;

/** Columns that a report is grouped by: Salesforce marks them with the direction in which they are sorted. */
const groupedBy = (header: readonly string[]) =>
  header.flatMap((name, index) => (/\S\s*[↑↓]\s*$/.test(name) ? [index] : []));

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

  /** Whether a record is a sum or a count of those above it. */
  isFigure(fields: readonly string[]): boolean {
    const named = this.columns.map((column) => (fields[column] ?? '').trim());
    if (named.some(isTotalWord)) return true;
    const [first = '', ...others] = fields.map((field) => field.trim()).filter((field) => field !== '');
    return named.every(isBlank) && COUNT.test(first) && others.every((field) => NUMBER.test(field));
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
