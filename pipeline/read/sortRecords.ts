import { asideReason, isFooterText, misfitReason, type RowAside } from './asides.ts';
import type { RawRecord } from './records.ts';

export interface SortingRules {
  delimiter: string;
  width: number;
  /** Texts of the header's cells; empty where there is none. */
  header: string[];
  /** Whether U+FFFD marks bytes that could not be decoded. */
  broken: boolean;
}

const UNDECODED = '\ufffd';

const isFilled = (field: string) => field.trim() !== '';

/** Sorts records into those to load, those that can't be read and those that are no data. */
export class RecordSorter {
  /** Records to load so far. */
  rows = 0;
  /** Longest record written, in UTF-16 units. */
  longest = 0;
  readonly rejected: RowAside[] = [];
  readonly setAside: RowAside[] = [];
  private readonly rules: SortingRules;
  private written: string[] = [];
  /** Short records after a blank line: a footer if no data follows, rejects if some does. */
  private pending: RowAside[] = [];
  private afterBlank = false;
  private blankLines = 0;
  private readonly mendedLines: number[] = [];

  constructor(rules: SortingRules) {
    this.rules = rules;
  }

  take(record: RawRecord): void {
    const { line, text, fields, state } = record;
    const { width, header } = this.rules;
    if (fields.length < 2 && text.trim() === '') {
      this.blankLines++;
      this.afterBlank = true;
      return;
    }
    const aside = (reason: string): RowAside => ({ line, column: null, reason, text });
    if (this.rules.broken && text.includes(UNDECODED))
      return void this.rejected.push(aside('Holds bytes that are no text in this encoding.'));
    if (state === 'torn') return void this.rejected.push(aside('A quote is opened and not closed properly.'));
    if (fields.length !== width) return this.misfit(record, aside);
    const reason = asideReason(fields, header);
    if (reason) return void this.setAside.push(aside(reason));
    this.settlePending(false);
    this.afterBlank = false;
    if (state === 'mended') this.mendedLines.push(line);
    this.write(fields, line);
  }

  /** CSV written since the last call: every field quoted, the line last. */
  drain(): string {
    const text = this.written.join('');
    this.written = [];
    return text;
  }

  finish(): void {
    this.settlePending(true);
    this.rejected.sort((a, b) => a.line - b.line);
    this.setAside.sort((a, b) => a.line - b.line);
  }

  oddities(): string[] {
    const found: string[] = [];
    const { blankLines, mendedLines } = this;
    if (blankLines > 0)
      found.push(`${blankLines} blank ${blankLines === 1 ? 'line was' : 'lines were'} passed over.`);
    if (mendedLines.length > 0) {
      const some = mendedLines.slice(0, 5).join(', ') + (mendedLines.length > 5 ? ', …' : '');
      found.push(`A quote that nothing closes was read as text (line ${some}).`);
    }
    return found;
  }

  private misfit({ fields, text }: RawRecord, aside: (reason: string) => RowAside): void {
    const { width, header } = this.rules;
    if (fields.length < width && isFooterText(fields))
      return void this.setAside.push(aside('A report footer, not a record.'));
    if (text.trimStart().startsWith('#')) return void this.setAside.push(aside('A comment, not a record.'));
    const reject = aside(misfitReason(fields.length, width, header.length > 0));
    const alone = fields.filter(isFilled).length === 1;
    if (alone && (this.afterBlank || this.pending.length > 0)) this.pending.push(reject);
    else this.rejected.push(reject);
  }

  private settlePending(atEnd: boolean): void {
    for (const aside of this.pending) {
      if (atEnd) this.setAside.push({ ...aside, reason: 'Stands below the table, after a blank line.' });
      else this.rejected.push(aside);
    }
    this.pending = [];
  }

  private write(fields: string[], line: number): void {
    let text = '';
    for (const field of fields) text += `"${field.includes('"') ? field.replaceAll('"', '""') : field}",`;
    text += `${line}\n`;
    this.rows++;
    this.longest = Math.max(this.longest, text.length);
    this.written.push(text);
  }
}
