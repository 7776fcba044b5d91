import type { ColumnShape } from './columnShapes.ts';
import type { FieldMarks } from './dialect.ts';
import { mendFields } from './mendFields.ts';
import {
  asideReason,
  isFooterText,
  misfitReason,
  REPEATED_HEADER,
  startsAnotherTable,
  type RowAside,
} from './asides.ts';
import type { RawRecord } from './records.ts';

export interface SortingRules extends FieldMarks {
  width: number;
  /** Texts of the header's cells; empty where there is none. */
  header: string[];
  /** What the columns' cells look like; empty where that isn't known. */
  shapes: ColumnShape[];
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
  /** Line of the first repeated header, if any. */
  repeatedHeader: number | null = null;
  private readonly rules: SortingRules;
  private written: string[] = [];
  /** Short records after a blank line: a footer if no data follows, rejects if some does. */
  private pending: RowAside[] = [];
  private afterBlank = false;
  /** Line on which a second table of other columns begins; all below belongs to it. */
  private secondTable: number | null = null;
  private blankLines = 0;
  /** Lines read otherwise than their quotes or delimiters say, by how. */
  private readonly mended = new Map<string, number[]>();

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
    if (this.secondTable !== null)
      return void this.setAside.push(
        aside(`Belongs to a second table, which begins on line ${this.secondTable}.`),
      );
    if (this.rules.broken && text.includes(UNDECODED))
      return void this.rejected.push(aside('Holds bytes that are no text in this encoding.'));
    if (state === 'torn') return void this.rejected.push(aside('A quote is opened and not closed properly.'));
    if (fields.length !== width) return this.misfit(record, aside);
    const reason = asideReason(fields, header);
    if (reason === REPEATED_HEADER) this.repeatedHeader ??= line;
    if (reason) return void this.setAside.push(aside(reason));
    this.keep(fields, line, state === 'mended' ? 'A quote that nothing closes was read as text' : null);
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
    const { blankLines, mended } = this;
    if (blankLines > 0)
      found.push(`${blankLines} blank ${blankLines === 1 ? 'line was' : 'lines were'} passed over.`);
    if (this.secondTable !== null)
      found.push(`A second table with other columns begins on line ${this.secondTable}: it was set aside.`);
    for (const [how, lines] of mended) {
      const some = lines.slice(0, 5).join(', ') + (lines.length > 5 ? ', …' : '');
      found.push(`${how}, on ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}: ${some}.`);
    }
    return found;
  }

  private keep(fields: string[], line: number, how: string | null): void {
    this.settlePending(false);
    this.afterBlank = false;
    if (how) this.mended.set(how, [...(this.mended.get(how) ?? []), line]);
    this.write(fields, line);
  }

  private misfit({ line, fields, text }: RawRecord, aside: (reason: string) => RowAside): void {
    const { width, header, shapes } = this.rules;
    if (fields.length < width && isFooterText(fields))
      return void this.setAside.push(aside('A report footer, not a record.'));
    if (text.trimStart().startsWith('#')) return void this.setAside.push(aside('A comment, not a record.'));
    if (startsAnotherTable(fields, header)) {
      this.secondTable = line;
      return void this.setAside.push(aside('The header of a second table with other columns.'));
    }
    const mended = mendFields(text, this.rules, shapes);
    if (mended) return this.keep(mended.fields, line, mended.how);
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
