import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { Problem } from '../problem.ts';

/** What a mapping's expression may do: look at the row's own cells and compute with them, nothing else. */
const allowedClasses = new Set([
  'CONSTANT',
  'COLUMN_REF',
  'FUNCTION',
  'COMPARISON',
  'CONJUNCTION',
  'CASE',
  'CAST',
  'OPERATOR',
  'BETWEEN',
]);

const allowedFunctions = new Set(
  `+ - * / // % || ~~ ~~* !~~ !~~* ~ abs ceil ceiling floor round trunc sign mod greatest least coalesce nullif ifnull
  concat concat_ws contains starts_with ends_with prefix suffix left right substring substr split_part replace
  regexp_matches regexp_replace regexp_extract regexp_full_match lower upper lcase ucase trim ltrim rtrim lpad rpad
  length strip_accents reverse instr position strpos strptime try_strptime strftime date_trunc date_part datepart
  year month day quarter last_day make_date date_add date_sub date_diff datediff to_days to_months to_years
  to_timestamp timezone epoch epoch_ms list_value like_escape not_like_escape ilike_escape
  inside items_of sum_inside tax_inside from_smallest_unit smallest_unit`.split(/\s+/),
);

interface Node {
  class?: string;
  type?: string;
  function_name?: string;
  column_names?: string[];
  [part: string]: unknown;
}

function refuse(sql: string, why: string): Problem {
  return new Problem(
    `The mapping's expression ${quotedString(sql)} ${why}.`,
    'Write one expression over the columns of the file.',
  );
}

function inspectNode(node: unknown, sql: string, columns: Set<string>): void {
  if (Array.isArray(node)) {
    for (const part of node) inspectNode(part, sql, columns);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const { class: kind, type, function_name: name, column_names: names } = node as Node;
  if (kind !== undefined && typeof type === 'string') {
    const what = type.toLowerCase().replaceAll('_', ' ');
    if (!allowedClasses.has(kind)) throw refuse(sql, `uses ${what}, which is not allowed`);
    if (kind === 'FUNCTION' && !allowedFunctions.has(name?.toLowerCase() ?? ''))
      throw refuse(sql, `calls ${name}(), which is not allowed`);
    if (kind === 'COLUMN_REF') {
      const column = names?.join('.') ?? '';
      if (!columns.has(column.toLowerCase()))
        throw refuse(sql, `names "${column}", which the file does not have`);
    }
  }
  for (const part of Object.values(node)) inspectNode(part, sql, columns);
}

interface SelectNode extends Node {
  select_list: Node[];
  from_table: Node;
  group_expressions: unknown[];
  modifiers: unknown[];
  cte_map?: { map?: unknown[] };
}

function isOneExpression(node: SelectNode): boolean {
  return (
    node.type === 'SELECT_NODE' &&
    node.select_list.length === 1 &&
    node.from_table.type === 'EMPTY' &&
    !node.where_clause &&
    !node.having &&
    !node.qualify &&
    node.group_expressions.length === 0 &&
    node.modifiers.length === 0 &&
    (node.cte_map?.map?.length ?? 0) === 0
  );
}

/**
 * Checks that a mapping's text is one scalar expression over the file's columns made of allowed functions
 * and operators, by DuckDB's own parser. The only place where outside text becomes SQL. Throws a Problem
 * that quotes the expression and names what is not allowed.
 */
export async function checkExpression(
  connection: DuckDBConnection,
  sql: string,
  headers: readonly string[],
): Promise<void> {
  const reader = await connection.runAndReadAll('select json_serialize_sql($sql::varchar)', {
    sql: `select ${sql}`,
  });
  const parsed = JSON.parse(String(reader.getRows()[0]?.[0])) as {
    error: boolean;
    error_message?: string;
    statements?: { node: SelectNode }[];
  };
  if (parsed.error) throw refuse(sql, `is not valid SQL: ${parsed.error_message}`);
  const statements = parsed.statements ?? [];
  const node = statements[0]?.node;
  if (!node || statements.length > 1 || !isOneExpression(node))
    throw refuse(sql, 'is more than one expression');
  inspectNode(node.select_list, sql, new Set(headers.map((header) => header.toLowerCase())));
}
