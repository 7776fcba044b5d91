import type { PhysicalLine } from './records.ts';
import type { Newline } from './dialect.ts';

/**
 * Cuts text that arrives in pieces into physical lines. Line feeds end lines, alone or after carriage returns;
 * carriage returns alone end lines only where `newline` is '\r'.
 */
export class LineCutter {
  private readonly loneReturns: boolean;
  private rest = '';
  private number = 0;

  constructor(newline: Newline) {
    this.loneReturns = newline === '\r';
  }

  /** The lines completed by this piece. */
  *push(piece: string): Generator<PhysicalLine> {
    let text = this.rest + piece;
    // A carriage return at the very end may be half of a line end that the next piece completes.
    const held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    let from = 0;
    let feed = ahead(text, '\n', 0);
    let lone = this.loneReturns ? ahead(text, '\r', 0) : text.length;
    while (feed < text.length || lone < text.length) {
      const at = Math.min(feed, lone);
      const next = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
      let stop = at;
      // Files copied between systems have lines that end in two carriage returns and a line feed.
      if (text[at] === '\n') while (stop > from && text[stop - 1] === '\r') stop--;
      yield { number: ++this.number, text: text.slice(from, stop), end: text.slice(stop, next) };
      from = next;
      if (feed < from) feed = ahead(text, '\n', from);
      if (lone < from) lone = ahead(text, '\r', from);
    }
    this.rest = text.slice(from) + held;
  }

  /** The last line, where the file does not end in a line end. */
  *end(): Generator<PhysicalLine> {
    const text = this.rest;
    this.rest = '';
    if (text === '') return;
    const closed = this.loneReturns && text.endsWith('\r');
    yield { number: ++this.number, text: closed ? text.slice(0, -1) : text, end: closed ? '\r' : '' };
  }
}

/** Where a character occurs next; the text's length where it doesn't. */
function ahead(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from);
  return found < 0 ? text.length : found;
}

/** All lines of a text that is in memory. */
export function cutLines(text: string, newline: Newline): PhysicalLine[] {
  const cutter = new LineCutter(newline);
  return [...cutter.push(text), ...cutter.end()];
}
