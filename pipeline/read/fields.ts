import type { FieldMarks } from './dialect.ts';

/**
 * `whole`: read to the end. `open`: the text ends inside a quoted field. `stray`: a closing quote is followed by
 * something other than a delimiter.
 */
export type SplitState = 'whole' | 'open' | 'stray';

export interface Split {
  fields: string[];
  /** Which fields were quoted; shorter than `fields` where the rest was not. */
  quoted: boolean[];
  state: SplitState;
}

/**
 * What becomes of a quoted field that is not closed properly. `stop`: cutting ends there. `plain`: it was no quote, and
 * the field is plain text. `inside`: what doesn't close it is part of its text.
 */
export type OnFault = 'stop' | 'plain' | 'inside';

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/**
 * Cuts one record's text (without its line end) into fields. Blanks between a quote and its delimiter are not part
 * of the value; quotes inside an unquoted field are. `onFault` says how to go on where a quote isn't closed properly.
 */
export function splitFields(text: string, marks: FieldMarks, onFault: OnFault = 'stop'): Split {
  const { delimiter, quote } = marks;
  if (quote === '' || !text.includes(quote))
    return { fields: text.split(delimiter), quoted: [], state: 'whole' };
  const fields: string[] = [];
  const quoted: boolean[] = [];
  let at = 0;
  for (;;) {
    const opening = openingQuote(text, at, marks);
    if (opening >= 0) {
      const field = quotedField(text, opening + quote.length, marks, onFault === 'inside');
      if (field.state === 'whole') {
        quoted[fields.length] = true;
        fields.push(field.value);
        if (field.next < 0) return { fields, quoted, state: 'whole' };
        at = field.next;
        continue;
      }
      if (onFault !== 'plain') return { fields, quoted, state: field.state };
    }
    const end = text.indexOf(delimiter, at);
    fields.push(end < 0 ? text.slice(at) : text.slice(at, end));
    if (end < 0) return { fields, quoted, state: 'whole' };
    at = end + delimiter.length;
  }
}

function openingQuote(text: string, at: number, { delimiter, quote }: FieldMarks): number {
  const character = text[at];
  if (character === quote) return at;
  if (!isBlank(character)) return -1;
  let start = at;
  while (isBlank(text[start]) && !text.startsWith(delimiter, start)) start++;
  return text[start] === quote ? start : -1;
}

/** Where the field after a closing quote at `at` begins: -1 at the end of the text, null where junk follows. */
function afterClosing(text: string, at: number, delimiter: string): number | null {
  let next = at;
  for (;;) {
    if (next >= text.length) return -1;
    if (text.startsWith(delimiter, next)) return next + delimiter.length;
    if (!isBlank(text[next])) return null;
    next++;
  }
}

/**
 * Whether a quoted field that is open before this line may close on it. Where it can't, the lines together are
 * as open as they were, and need not be cut again from their start.
 */
export function mayClose(line: string, { delimiter, quote, escape }: FieldMarks): boolean {
  const escapesItself = escape === quote;
  for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1)) {
    // Any other escape is looked at where the whole is cut: a quote behind it may yet close.
    if (escapesItself && line.startsWith(quote, at + 1)) at++;
    else if (escape !== '' && quote !== "'") return true;
    else if (afterClosing(line, at + 1, delimiter) !== null) return true;
  }
  return false;
}

function quotedField(
  text: string,
  start: number,
  { delimiter, quote, escape }: FieldMarks,
  keepsStrays: boolean,
): { value: string; next: number; state: SplitState } {
  let value = '';
  let from = start;
  let at = start;
  for (;;) {
    const closing = text.indexOf(quote, at);
    const escaping = escape !== '' && escape !== quote ? text.indexOf(escape, at) : -1;
    if (escaping >= 0 && (closing < 0 || escaping < closing)) {
      const escaped = text[escaping + 1];
      if (escaped === quote || escaped === escape) {
        value += text.slice(from, escaping) + escaped;
        from = at = escaping + 2;
      } else at = escaping + 1;
      continue;
    }
    if (closing < 0) return { value, next: -1, state: 'open' };
    if (escape === quote && text.startsWith(quote, closing + 1)) {
      value += text.slice(from, closing + 1);
      from = at = closing + 2;
      continue;
    }
    const next = afterClosing(text, closing + 1, delimiter);
    // Where quotes stand unescaped in texts, one before a blank at the line's end is one of them.
    const isText = escape === '' && next === -1 && closing + 1 < text.length;
    if (next !== null && !isText) return { value: value + text.slice(from, closing), next, state: 'whole' };
    // Apostrophes are part of ordinary words, so between them only one before a delimiter closes.
    if (escape !== '' && quote !== "'" && !keepsStrays) return { value, next: -1, state: 'stray' };
    at = closing + 1;
  }
}
