import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { RowAside } from './asides.ts';
import { csvRelation, oneRow } from './relation.ts';

export interface JsonRead {
  columns: string[];
  relation: string;
  rows: number;
  rejected: RowAside[];
}

/** Whether a text's first line is a JSON object, as in a file of JSON lines. */
export function isJsonLines(sample: string): boolean {
  const [first = ''] = sample.trimStart().split('\n', 1);
  if (!first.startsWith('{')) return false;
  try {
    return typeof JSON.parse(first) === 'object';
  } catch {
    return false;
  }
}

/**
 * Reads a file with one JSON object a line. Columns are the objects' keys in the order they appear; nested values stay
 * JSON, numbers are spelled the shortest way.
 */
export async function readJsonLines(connection: DuckDBConnection, path: string): Promise<JsonRead> {
  // One column of whole lines: a delimiter that JSON must escape, and no quotes.
  const marks = { delimiter: '\x1f', quote: '', escape: '' };
  const lines = csvRelation(path, { ...marks, skip: 0, width: 1, newline: '\n', withLine: false });
  const numbered = `(select row_number() over () as line, trim(c0, chr(13) || ' ') as text from ${lines})`;
  const isObject = `coalesce(case when json_valid(text) then json_type(text) end, '') = 'OBJECT'`;
  const bad = await connection.runAndReadAll(
    `select line, text from ${numbered} where text <> '' and not (${isObject}) order by line`,
  );
  const objects = `(select line, case when ${isObject} then text end as text from ${numbered})`;
  const keys = await connection.runAndReadAll(`
    select key, min((line, position)) as first
    from (select line, unnest(json_keys(text)) as key, generate_subscripts(json_keys(text), 1) as position
      from ${objects} where text is not null)
    group by key order by first`);
  const columns = keys.getRowsJS().map(([key]) => String(key));
  const values = columns.map((key, index) => {
    const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return `json_extract_string(text, ${quotedString(pointer)}) as c${index}`;
  });
  const relation = `(select ${[...values, 'line'].join(', ')} from ${objects} where text is not null)`;
  const [rows] = (await oneRow(connection, `select count(*) from ${objects} where text is not null`)) as [
    number,
  ];
  const rejected = bad.getRowsJS().map(([line, text]) => ({
    line: Number(line),
    column: null,
    reason: 'Is not a JSON object.',
    text: String(text),
  }));
  return { columns, relation, rows, rejected };
}
