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

const escaped = (key: string) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The keys of JSON objects, in the order in which they appear. */
async function keysOf(connection: DuckDBConnection, objects: string, text: string): Promise<string[]> {
  const keys = await connection.runAndReadAll(`
    select key, min((line, position)) as first
    from (select line, unnest(json_keys(text)) as key, generate_subscripts(json_keys(text), 1) as position
      from (select line, ${text} as text from ${objects}) where text is not null)
    group by key order by first`);
  return keys.getRowsJS().map(([key]) => String(key));
}

/** Whether what stands at a place is an object in every record that has something there. */
async function holdsObjects(
  connection: DuckDBConnection,
  objects: string,
  pointer: string,
): Promise<boolean> {
  const [all] = await oneRow(
    connection,
    `select bool_and(type = 'OBJECT') from (select json_type(text, ${quotedString(pointer)}) as type from ${objects}) where type <> 'NULL'`,
  );
  return all === true;
}

const PROPERTIES = 'properties';

interface Place {
  name: string;
  pointer: string;
}

/**
 * Where each column's values stand in a record. A record that is nothing but a wrapper (`{"invoice": {…}}`, as
 * Chargebee's API lists them) is what it wraps. What HubSpot's API keeps under `properties` are columns of the record:
 * `properties.id` where the record has an `id` of its own.
 */
async function columnsOf(connection: DuckDBConnection, objects: string): Promise<Place[]> {
  let within = '';
  let keys = await keysOf(connection, objects, 'text');
  const [wrapper] = keys;
  if (keys.length === 1 && (await holdsObjects(connection, objects, escaped(wrapper!)))) {
    within = escaped(wrapper!);
    keys = await keysOf(connection, objects, `json_extract(text, ${quotedString(within)})`);
  }
  const column = (name: string) => ({ name, pointer: within + escaped(name) });
  const inside = within + escaped(PROPERTIES);
  if (!keys.includes(PROPERTIES) || !(await holdsObjects(connection, objects, inside)))
    return keys.map(column);
  const own = keys.filter((key) => key !== PROPERTIES);
  const properties = await keysOf(connection, objects, `json_extract(text, ${quotedString(inside)})`);
  return [
    ...own.map(column),
    ...properties.map((key) => ({
      name: own.includes(key) ? `${PROPERTIES}.${key}` : key,
      pointer: inside + escaped(key),
    })),
  ];
}

/**
 * Reads a file with one JSON object a line. Columns are the objects' keys in the order they appear, and those of their
 * wrapper and `properties`; other nested values stay JSON, numbers are spelled the shortest way.
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
  const columns = await columnsOf(connection, objects);
  const values = columns.map(
    ({ pointer }, index) => `json_extract_string(text, ${quotedString(pointer)}) as c${index}`,
  );
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
  return { columns: columns.map(({ name }) => name), relation, rows, rejected };
}
