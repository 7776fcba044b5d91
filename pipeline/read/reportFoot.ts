import { isFooterText } from './asides.ts';
import type { RawRecord } from './records.ts';

/** Columns from which a single line above a footer is a header with nothing below it. */
const COLUMNS_OF_A_HEADER = 3;

const isWide = ({ fields }: RawRecord) => fields.length > 1;

const linesOf = ({ text }: RawRecord) => text.split('\n').length;

/**
 * The records without the lines of text that a report ends in, so that a short table is not outnumbered by them. Lines
 * of one cell are a report's foot where they stand below the last wider record, the first of them after a blank line or
 * itself a footer, one of them reads like a footer, and most of what is above is wider.
 */
export function withoutFoot(records: RawRecord[]): RawRecord[] {
  const last = records.findLastIndex(isWide);
  const [lowest, next] = [records[last], records[last + 1]];
  if (!lowest || !next) return records;
  const foot = records.slice(last + 1);
  const isApart = next.line > lowest.line + linesOf(lowest);
  if (!isApart && !isFooterText(next.fields)) return records;
  if (!foot.some(({ fields }) => isFooterText(fields))) return records;
  const above = records.slice(0, last + 1);
  const wide = above.filter(isWide).length;
  const isTable = wide > above.length / 2 && (wide > 1 || lowest.fields.length >= COLUMNS_OF_A_HEADER);
  return isTable ? above : records;
}
