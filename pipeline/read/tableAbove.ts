import type { RowAside } from './asides.ts';
import { namesColumns } from './namesColumns.ts';
import type { RawRecord } from './records.ts';

/** A table that ends above the one that is read. */
export interface TableAbove {
  rejected: RowAside[];
  /** The other lines above the table that is read. */
  preamble: RawRecord[];
  oddity: string;
}

/** Cells from which a few lines under a header are records; pairs stand in preambles as well. */
const COLUMNS_OF_A_TABLE = 3;
/** Lines of as many cells, header and all, that are a table where one of them could be its header. */
const FEW_LINES = 3;
/** And where none could, or the cells are pairs: preambles of names and values are shorter. */
const MANY_LINES = 8;

/** Cells up to the last one that is filled: spreadsheets pad short lines with empty ones. */
const widthOf = ({ fields }: RawRecord) => fields.findLastIndex((text) => text.trim() !== '') + 1;

/** Sentences have a blank behind their commas. */
const isSpoken = ({ fields }: RawRecord) => fields.slice(1).every((text) => /^\s/.test(text));

/**
 * Finds records among the lines above a table's header: several lines below each other with the same several cells.
 * Null where there is nothing but a preamble.
 */
export function tableAbove(above: RawRecord[]): TableAbove | null {
  for (let from = 0; from + FEW_LINES <= above.length; from++) {
    const [first, ...below] = above.slice(from);
    const width = first ? widthOf(first) : 0;
    if (!first || width < 2) continue;
    const other = below.findIndex((record) => widthOf(record) !== width);
    const run = other < 0 ? below : below.slice(0, other);
    const hasHeader = width >= COLUMNS_OF_A_TABLE && namesColumns(first.fields, run);
    if (run.length + 1 < (hasHeader ? FEW_LINES : MANY_LINES) || [first, ...run].every(isSpoken)) continue;
    const last = above.findLastIndex((record) => widthOf(record) === width);
    const rejected = above.slice(from, last + 1).map(({ line, text }) => ({
      line,
      column: null,
      reason: `Belongs to another table, which begins on line ${first.line}.`,
      text,
    }));
    return {
      rejected,
      preamble: above.filter((_, index) => index < from || index > last),
      oddity: `Another table of ${width} columns begins on line ${first.line}, above the longer one that was read: its ${rejected.length} lines were rejected. Save each table as a file of its own.`,
    };
  }
  return null;
}
