import type { FieldMarks } from './dialect.ts';
import { mayClose, splitFields } from './fields.ts';

/** One record as cut from the file: where it starts, its exact text, and how sure the cut is. */
export interface RawRecord {
  /** Physical line it starts on, 1-based. */
  line: number;
  text: string;
  fields: string[];
  /** `mended`: a quote that nothing closes was read as text. `torn`: the quoting makes no sense either way. */
  state: 'whole' | 'mended' | 'torn';
}

/** A physical line: its number in the file (1-based), its text, and the line end that closed it ('' at the end). */
export interface PhysicalLine {
  number: number;
  text: string;
  end: string;
}

/** A quoted field longer than this many lines is a quote that was never closed, if the lines in it are records. */
export const LONG_QUOTED_FIELD = 2_000;

/** And whatever they are, if it is longer than this. */
const LONGEST_QUOTED_FIELD = 200_000;

/**
 * Puts physical lines together into records, where a quoted field may hold line ends. A quote that is never closed
 * costs its own line and not the rest of the file. `expected` (fields a record should have; null while unknown)
 * decides between readings. Feed lines with `push`, finish with `end`; records go to `emit` in file order.
 */
export class RecordAssembler {
  private readonly marks: FieldMarks;
  private readonly expected: number | null;
  private readonly emit: (record: RawRecord) => void;
  private waiting: PhysicalLine[] = [];
  /** Fields of the first record, for where no number is expected. */
  private firstWidth: number | null = null;
  /** Lines a quoted field is waited for; each one that never closes halves it, or many would take for ever. */
  private patience = LONGEST_QUOTED_FIELD;

  constructor(marks: FieldMarks, expected: number | null, emit: (record: RawRecord) => void) {
    this.marks = marks;
    this.expected = expected;
    this.emit = (record) => {
      this.firstWidth ??= record.fields.length;
      emit(record);
    };
  }

  push(line: PhysicalLine): void {
    if (this.waiting.length === 0) {
      const split = splitFields(line.text, this.marks);
      if (split.state === 'open') this.waiting.push(line);
      else if (split.state === 'stray') this.emitAlone(line);
      else this.emit({ line: line.number, text: line.text, fields: split.fields, state: 'whole' });
      return;
    }
    this.waiting.push(line);
    if (this.waiting.length > LONG_QUOTED_FIELD && !this.mayGoOn()) return this.giveUpOnFirst();
    if (!mayClose(line.text, this.marks)) return;
    const text = this.waitingText();
    const split = splitFields(text, this.marks);
    if (split.state === 'open') return;
    if (split.state === 'stray' || this.readsLineByLine(split.fields.length)) return this.giveUpOnFirst();
    const number = this.waiting[0]?.number ?? line.number;
    this.emit({ line: number, text, fields: split.fields, state: 'whole' });
    this.waiting = [];
  }

  end(): void {
    while (this.waiting.length > 0) this.giveUpOnFirst();
  }

  /** Whether a long quoted field may close yet: its lines are text rather than records. */
  private mayGoOn(): boolean {
    const { marks, waiting } = this;
    // Where something else than a quote escapes quotes, every line that has one means to cut all of them again.
    if (marks.escape !== marks.quote || marks.quote === "'") return false;
    if (waiting.length > this.patience) {
      this.patience = Math.max(LONG_QUOTED_FIELD, this.patience / 2);
      return false;
    }
    return waiting.length > LONG_QUOTED_FIELD + 1 || !this.holdsRecords();
  }

  private holdsRecords(): boolean {
    const width = this.expected ?? this.firstWidth;
    if (width === null) return true;
    const inside = this.waiting.slice(1);
    const alike = inside.filter(({ text }) => splitFields(text, this.marks, 'plain').fields.length === width);
    return alike.length > inside.length / 2;
  }

  private waitingText(): string {
    const last = this.waiting.length - 1;
    return this.waiting.map((line, index) => (index < last ? line.text + line.end : line.text)).join('');
  }

  /** Whether a quote that was closed some lines later had better be read as text of its own line. */
  private readsLineByLine(joinedFields: number): boolean {
    if (this.expected === null) return false;
    // Where quotes close by what follows them, one may have closed by chance: the lines by themselves tell.
    const byChance = this.marks.escape === '';
    if (joinedFields === this.expected && !byChance) return false;
    const [first, second] = this.waiting;
    const last = this.waiting.at(-1);
    if (!first || !second || !last) return false;
    if (byChance && this.isCleanRecord(last.text)) return true;
    if (this.mend(first.text) === null) return false;
    return (
      joinedFields !== this.expected || (this.mend(second.text) !== null && this.hasPairedQuotes(second.text))
    );
  }

  /** Whether a line is a record that begins with a quoted field. */
  private isCleanRecord(text: string): boolean {
    const { quote } = this.marks;
    if (!text.startsWith(quote)) return false;
    const split = splitFields(text, { ...this.marks, escape: quote });
    return split.state === 'whole' && split.fields.length === this.expected;
  }

  private hasPairedQuotes(text: string): boolean {
    return text.split(this.marks.quote).length % 2 === 1;
  }

  private giveUpOnFirst(): void {
    const [first, ...rest] = this.waiting;
    this.waiting = [];
    if (first) this.emitAlone(first);
    for (const line of rest) this.push(line);
  }

  private emitAlone({ number, text }: PhysicalLine): void {
    const mended = this.mend(text);
    if (mended) this.emit({ line: number, text, fields: mended, state: 'mended' });
    else
      this.emit({ line: number, text, fields: splitFields(text, this.marks, 'plain').fields, state: 'torn' });
  }

  private mend(text: string): string[] | null {
    return this.expected === null ? null : mendQuotes(text, this.marks, this.expected);
  }
}

/**
 * A line's fields with a quote that isn't closed properly read as text: inside of its field, as the beginning of a plain
 * one, or with no quote escaped at all; the first of these that gives exactly the fields expected. Null where none does.
 */
export function mendQuotes(text: string, marks: FieldMarks, expected: number): string[] | null {
  const readings = [
    splitFields(text, marks, 'inside'),
    splitFields(text, marks, 'plain'),
    splitFields(text, { ...marks, escape: '' }),
  ];
  const found = readings.find(({ state, fields }) => state === 'whole' && fields.length === expected);
  return found?.fields ?? null;
}
