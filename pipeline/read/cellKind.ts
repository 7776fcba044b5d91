export type CellKind = 'empty' | 'number' | 'date' | 'time' | 'link' | 'code' | 'words' | 'other';

const NUMBER =
  /^[-+(−]?\s?(?:[$€£¥]|[A-Z]{2,3}\$?\s)?\s?[-+−]?(?:\d{1,3}(?:[,.'’\s]\d{3})+|\d+|(?=[.,]\d))(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s?(?:[%$€£¥]|[A-Z]{3})?\)?-?$/;
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}|[A-Za-z]{3,9} \d{1,2}, \d{4})(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp][Mm])?\s?(?:Z|[-+]\d{2}:?\d{2}|UTC)?)?$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:[AaPp][Mm])?$/;
const LINK = /^(?:https?:\/\/\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/;
const CODE = /^[A-Za-z0-9][\w#./-]*$/;
const WORDS = /^[\p{L}\p{N}$€£#(["'&][\p{L}\p{M}\p{N} .,'’"&()/!?:%+*@$€£#_–-]*$/u;

/** What a cell's text looks like. Only shape: no value is converted here. */
export function cellKind(text: string): CellKind {
  if (text === '') return 'empty';
  if (text.length > 40) return WORDS.test(text) ? 'words' : LINK.test(text) ? 'link' : 'other';
  if (NUMBER.test(text)) return 'number';
  if (DATE.test(text)) return 'date';
  if (TIME.test(text)) return 'time';
  if (LINK.test(text)) return 'link';
  if (CODE.test(text)) return 'code';
  return WORDS.test(text) ? 'words' : 'other';
}

/** Numbers, dates, times and links: what a header's cell hardly ever is. */
export const isTyped = (kind: CellKind): boolean =>
  kind === 'number' || kind === 'date' || kind === 'time' || kind === 'link';
