import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowAside } from './asides.ts';

/** Lines set aside one by one at most; beyond, a relation would carry too long a list. */
const MOST_LINES = 50_000;

/**
 * Where the header stands again further down, files were put one after the other, and what is below may be above
 * already. Where at least half of the records below the first repeated header (`fromLine`) repeat one above word for
 * word, those are set aside. Returns the narrower relation, or null where there is nothing to set aside.
 */
export async function setRepeatsAside(
  connection: DuckDBConnection,
  relation: string,
  width: number,
  fromLine: number,
): Promise<{ relation: string; repeats: RowAside[] } | null> {
  const texts = Array.from({ length: width }, (_, index) => `coalesce(c${index}, '')`).join(', ');
  const reader = await connection.runAndReadAll(`
    with records as (select line, [${texts}] as texts from ${relation}),
    above as (select texts, min(line) as line from records where line < ${fromLine} group by texts)
    select below.line, above.line, array_to_string(below.texts, ' | ')
    from records as below left join above on above.texts = below.texts
    where below.line > ${fromLine} order by below.line`);
  const below = reader.getRowsJS();
  const repeats = below.filter(([, above]) => above !== null);
  if (repeats.length === 0 || repeats.length < below.length / 2 || repeats.length > MOST_LINES) return null;
  const lines = repeats.map(([line]) => String(line)).join(', ');
  return {
    relation: `(select * from ${relation} where line not in (${lines}))`,
    repeats: repeats.map(([line, above, text]) => ({
      line: Number(line),
      column: null,
      reason: `Stands below a repeated header and repeats line ${above} word for word.`,
      text: String(text),
    })),
  };
}
