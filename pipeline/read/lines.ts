import type { PhysicalLine } from './records.ts';
import type { Newline } from './dialect.ts';

/**
 * Cuts text that arrives in pieces into physical lines. Line feeds end lines, alone or after a carriage return;
 * carriage returns alone end lines only where `newline` is '\r'.
 */
export class LineCutter {
  private readonly pattern: RegExp;
  private rest = '';
  private number = 0;

  constructor(newline: Newline) {
    this.pattern = newline === '\r' ? /\r\n|\n|\r/g : /\r?\n/g;
  }

  /** The lines completed by this piece. */
  *push(piece: string): Generator<PhysicalLine> {
    let text = this.rest + piece;
    // A carriage return at the very end may be half of a line end that the next piece completes.
    const held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    let from = 0;
    for (const match of text.matchAll(this.pattern)) {
      yield { number: ++this.number, text: text.slice(from, match.index), end: match[0] };
      from = match.index + match[0].length;
    }
    this.rest = text.slice(from) + held;
  }

  /** The last line, where the file does not end in a line end. */
  *end(): Generator<PhysicalLine> {
    const text = this.rest;
    this.rest = '';
    if (text === '') return;
    const closed = text.endsWith('\r') && this.pattern.source.endsWith('|\\r');
    yield { number: ++this.number, text: closed ? text.slice(0, -1) : text, end: closed ? '\r' : '' };
  }
}

/** All lines of a text that is in memory. */
export function cutLines(text: string, newline: Newline): PhysicalLine[] {
  const cutter = new LineCutter(newline);
  return [...cutter.push(text), ...cutter.end()];
}
