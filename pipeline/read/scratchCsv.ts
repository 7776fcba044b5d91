/** Collects records as CSV that leaves nothing to decide: every field quoted, the line each began on last. */
export class ScratchCsv {
  rows = 0;
  /** Longest record, in bytes at most. */
  longest = 0;
  private written: string[] = [];

  add(fields: string[], line: number): void {
    let text = fields.join('","');
    // A quote that joining didn't put there must be doubled; few records have one.
    if (fields.some((field) => field.includes('"')))
      text = fields.map((field) => field.replaceAll('"', '""')).join('","');
    this.rows++;
    this.longest = Math.max(this.longest, text.length * 3 + 32);
    this.written.push('"', text, '",', String(line), '\n');
  }

  /** What was added since the last call. */
  drain(): string {
    const text = this.written.join('');
    this.written = [];
    return text;
  }
}
