import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { Problem } from '../problem.ts';
import type { SourceTable } from '../read/table.ts';
import type { FeedPlan } from '../sources/recognise.ts';

/** SQL type in which an expression sees a column; text unless every cell is a plain number. */
async function numberTypes(connection: DuckDBConnection, source: SourceTable): Promise<(string | null)[]> {
  const tests = source.columns.map((_, index) => {
    const every = (pattern: string) =>
      `coalesce(bool_and(regexp_full_match(c${index}, '${pattern}')) filter (c${index} is not null), false)`;
    return `case when ${every('-?(0|[1-9]\\d{0,17})')} then 'bigint'
      when ${every('-?(0|[1-9]\\d{0,11})?(\\.\\d{0,6})?')} then 'decimal(18, 6)' end`;
  });
  const reader = await connection.runAndReadAll(`select ${tests.join(', ')} from ${source.relation}`);
  return (reader.getRows()[0] ?? []).map((type) => (typeof type === 'string' ? type : null));
}

async function complaint(
  connection: DuckDBConnection,
  expression: string,
  relation: string,
): Promise<string | null> {
  try {
    await connection.run(`explain select ${expression} from ${relation}`);
    return null;
  } catch (error) {
    return String((error as Error).message).split('\n')[0] ?? '';
  }
}

/**
 * The file's cells c0 … with expressions computed beside them: those that see cells as text, then those that see
 * them as numbers. Each is a projection over the one before. A subquery for each row would be made a join, which
 * reads the file twice and does not keep its order, by which rows know their line.
 */
function computedBeside(
  source: SourceTable,
  types: readonly (string | null)[],
  inText: readonly string[],
  inNumbers: readonly string[],
): string {
  // Names that no header has, so that headers can stand beside them.
  const cell = (index: number) => quotedIdentifier(`cell ${index} as in the file`);
  const hasLine = source.firstLine === null;
  const line = quotedIdentifier('line as in the file');
  const cells = [...source.columns.map((_, index) => cell(index)), ...(hasLine ? [line] : [])].join(', ');
  const headers = (typed: boolean) =>
    source.columns
      .map((header, index) => {
        const type = typed ? types[index] : null;
        return `${cell(index)}${type ? `::${type}` : ''} as ${quotedIdentifier(header)}`;
      })
      .join(', ');
  const names = (values: readonly string[]) =>
    values.map((value) => value.slice(value.lastIndexOf(' as ') + 4));
  const positions = source.columns.map((_, index) => `c${index}`);
  const renamed = positions.map((position, index) => `${position} as ${cell(index)}`).join(', ');
  let relation = `(select ${renamed}${hasLine ? `, line as ${line}` : ''} from ${source.relation})`;
  let known = cells;
  for (const [values, typed] of [
    [inText, false],
    [inNumbers, true],
  ] as const) {
    if (values.length === 0) continue;
    relation = `(select ${[known, ...values].join(', ')} from (select ${known}, ${headers(typed)} from ${relation}))`;
    known = [known, ...names(values)].join(', ');
  }
  const back = positions.map((position, index) => `${cell(index)} as ${position}`).join(', ');
  const expressions = names([...inText, ...inNumbers]).join(', ');
  return `(select ${back}${hasLine ? `, ${line} as line` : ''}, ${expressions} from ${relation})`;
}

/**
 * Gives a mapping's expressions something to stand on: they name the file's headers, whose cells are text,
 * as in the file. An expression that makes no sense of text (`price * quantity`) sees those columns as
 * numbers that hold plain numbers throughout. Returns the relation, with the file's cells c0 … and each
 * expression computed beside them, and the plan that names these.
 */
export async function bindMapping(
  connection: DuckDBConnection,
  source: SourceTable,
  plan: FeedPlan,
): Promise<{ relation: string; plan: FeedPlan }> {
  const isExpression = (column: FeedPlan['columns'][number]) =>
    column.how === 'mapping' && !/^c\d+$/.test(column.expression);
  const asked = [
    ...plan.columns.filter(isExpression).map((column) => column.expression),
    ...(plan.keep ? [plan.keep.sql] : []),
  ];
  if (asked.length === 0) return { relation: source.relation, plan };

  const headers = source.columns.map(quotedIdentifier);
  const asText = `(select ${headers.map((header, index) => `c${index} as ${header}`).join(', ')} from ${source.relation})`;
  const types = await numberTypes(connection, source);
  const typed = headers.map(
    (header, index) => `${types[index] ? `c${index}::${types[index]}` : `c${index}`} as ${header}`,
  );
  const asNumbers = `(select ${typed.join(', ')} from ${source.relation})`;

  const inText: string[] = [];
  const inNumbers: string[] = [];
  for (const [number, expression] of asked.entries()) {
    const value = `(${expression}) as ${quotedIdentifier(`expression ${number}`)}`;
    if ((await complaint(connection, expression, asText)) === null) {
      inText.push(value);
      continue;
    }
    const wrong = await complaint(connection, expression, asNumbers);
    if (wrong !== null)
      throw new Problem(
        `The mapping's expression "${expression}" does not fit the file: ${wrong}.`,
        'Correct it.',
      );
    inNumbers.push(value);
  }
  const computed = (expression: string) => quotedIdentifier(`expression ${asked.indexOf(expression)}`);
  return {
    relation: computedBeside(source, types, inText, inNumbers),
    plan: {
      ...plan,
      columns: plan.columns.map((column) =>
        isExpression(column) ? { ...column, expression: `${computed(column.expression)}::varchar` } : column,
      ),
      keep: plan.keep && { ...plan.keep, sql: computed(plan.keep.sql) },
    },
  };
}
