import type { ColumnShape } from './columnShapes.ts';
import type { FieldMarks } from './dialect.ts';
import { splitFields } from './fields.ts';
import { mendFields } from './mendFields.ts';
import {
  asideReason,
  isFooterText,
  misfitReason,
  REPEATED_HEADER,
  startsAnotherTable,
  type RowAside,
} from './asides.ts';
import { GroupedReport, isGrouped } from './groupedReport.ts';
import type { RawRecord } from './records.ts';

export interface SortingRules extends FieldMarks {
  width: number;
  /** Texts of the header's cells; empty where there is none. */
  header: string[];
  /** What the columns' cells look like; empty where that isn't known. */
  shapes: ColumnShape[];
  /** Whether U+FFFD marks bytes that could not be decoded. */
  broken: boolean;
  /** Whether lines that begin with # are comments even where they are as wide as records. */
  comments?: boolean;
}

/** What old systems put behind the last line: characters 0 and 26. */
const isEndMark = (text: string) => [...text].every((mark) => mark === '\u0000' || mark === '\u001a');

const JOINED = 'Shares its line with others: they end in a carriage return alone, as no line above does.';

const UNDECODED = '\ufffd';

const isFilled = (field: string) => field.trim() !== '';

/** Sorts records into those to load, those that can't be read and those that are no data. */
export class RecordSorter {
  readonly rejected: RowAside[] = [];
  readonly setAside: RowAside[] = [];
  /** Line of the first repeated header, if any. */
  repeatedHeader: number | null = null;
  private readonly rules: SortingRules;
  private readonly keep: (fields: string[], line: number) => void;
  private readonly grouped: GroupedReport | null;
  /** Short records after a blank line: a footer if no data follows, rejects if some does. */
  private pending: RowAside[] = [];
  private afterBlank = false;
  /** Line on which a second table of other columns begins; all below belongs to it. */
  private secondTable: number | null = null;
  private blankLines = 0;
  /** Lines read otherwise than their quotes or delimiters say, by how. */
  private readonly mended = new Map<string, number[]>();

  /** `keep` gets every record to load, in file order. */
  constructor(rules: SortingRules, keep: (fields: string[], line: number) => void) {
    this.rules = rules;
    this.keep = keep;
    this.grouped = isGrouped(rules.header) ? new GroupedReport(rules.header) : null;
  }

  take(record: RawRecord): void {
    const { line, text, fields, state } = record;
    const { width, header } = this.rules;
    if (fields.length < 2 && text.trim() === '') {
      this.blankLines++;
      this.afterBlank = true;
      return;
    }
    if (this.secondTable !== null)
      return this.put(record, `Belongs to a second table, which begins on line ${this.secondTable}.`);
    if (this.rules.broken && text.includes(UNDECODED))
      return this.reject(record, 'Holds bytes that are no text in this encoding.');
    if (this.rejectJoined(record)) return;
    if (state === 'torn') return this.reject(record, 'A quote is opened and not closed properly.');
    if (fields.length !== width) return this.misfit(record);
    if (this.rules.comments && /^\s*#/.test(text)) return this.put(record, 'A comment, not a record.');
    const reason = asideReason(fields, header);
    if (reason === REPEATED_HEADER) this.repeatedHeader ??= line;
    if (reason) return this.put(record, reason);
    if (this.grouped?.isFigure(fields)) return this.put(record, 'A totals row, not a record.');
    this.accept(fields, line, state === 'mended' ? 'A quote that nothing closes was read as text' : null);
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
    if (this.grouped)
      found.push(
        'A grouped report: a group is named on the first of its rows, and holds for those below it.',
      );
    if (this.secondTable !== null)
      found.push(`A second table with other columns begins on line ${this.secondTable}: it was set aside.`);
    for (const [how, lines] of mended) {
      const some = lines.slice(0, 5).join(', ') + (lines.length > 5 ? ', …' : '');
      found.push(`${how}, on ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}: ${some}.`);
    }
    return found;
  }

  private accept(fields: string[], line: number, how: string | null): void {
    if (this.pending.length > 0) this.settlePending(false);
    this.afterBlank = false;
    if (how) {
      const lines = this.mended.get(how);
      if (lines) lines.push(line);
      else this.mended.set(how, [line]);
    }
    this.keep(this.grouped?.named(fields) ?? fields, line);
  }

  private reject({ line, text }: RawRecord, reason: string): void {
    this.rejected.push({ line, column: null, reason, text });
  }

  private put({ line, text }: RawRecord, reason: string): void {
    this.setAside.push({ line, column: null, reason, text });
  }

  /** Rejects one by one the records of a line that carriage returns alone cut into several. */
  private rejectJoined({ line, text, fields, state }: RawRecord): boolean {
    const { width } = this.rules;
    if (width < 2 || (state === 'whole' && fields.length === width) || !/\r[^\r\n]/.test(text)) return false;
    const records = text.split('\r');
    const isRecord = (part: string) => {
      const cut = splitFields(part, this.rules);
      return cut.state === 'whole' && cut.fields.length === width;
    };
    if (!records.every(isRecord)) return false;
    for (const part of records) this.rejected.push({ line, column: null, reason: JOINED, text: part });
    return true;
  }

  private misfit(record: RawRecord): void {
    const { line, fields, text } = record;
    const { width, header, shapes } = this.rules;
    if (fields.length < width && isFooterText(fields))
      return this.put(record, 'A report footer, not a record.');
    if (text.trimStart().startsWith('#')) return this.put(record, 'A comment, not a record.');
    if (isEndMark(text)) return this.put(record, 'Marks the end of the file, not a record.');
    if (startsAnotherTable(fields, header)) {
      this.secondTable = line;
      return this.put(record, 'The header of a second table with other columns.');
    }
    const mended = mendFields(text, this.rules, shapes);
    if (mended) return this.accept(mended.fields, line, mended.how);
    const reason = misfitReason(fields.length, width, header.length > 0);
    const alone = fields.filter(isFilled).length === 1;
    if (alone && (this.afterBlank || this.pending.length > 0))
      this.pending.push({ line, column: null, reason, text });
    else this.reject(record, reason);
  }

  private settlePending(atEnd: boolean): void {
    for (const aside of this.pending) {
      if (atEnd) this.setAside.push({ ...aside, reason: 'Stands below the table, after a blank line.' });
      else this.rejected.push(aside);
    }
    this.pending = [];
  }
}
