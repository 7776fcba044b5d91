import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { checkExpression } from './expression.ts';
import { rawOf } from './rawOf.fixture.ts';

const headers = ['deal_stage', 'close value', 'Größe', 'c0', 'getenv'];
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

const allowed = [
  "deal_stage = 'Won'",
  'DEAL_STAGE',
  '"close value"',
  `"Größe" || '-' || c0`,
  "case when deal_stage in ('Won', 'Lost') then 1 else 0 end",
  `try_cast("close value" as decimal(18, 4)) * 1.5`,
  `"close value"::integer between 1 and 5 and deal_stage is not null`,
  "coalesce(nullif(trim(deal_stage), ''), 'none')",
  `strptime(deal_stage, '%d.%m.%Y')::date`,
  "deal_stage ilike '%won%' or regexp_matches(deal_stage, '^W')",
  'not (deal_stage is null)',
  'null',
  "'a; drop table x' || c0",
];

const hostile: [string, string][] = [
  ['a subquery', '(select 1)'],
  ['another table', '(select max(amount) from raw.deal_row)'],
  ['a correlated subquery', 'exists (select 1 from information_schema.tables)'],
  ['reading a file', "read_text('/etc/passwd')"],
  ['reading a file as a table', "(select content from read_text('/etc/passwd'))"],
  ['reading a CSV', "(from read_csv('/etc/passwd'))"],
  ['a file listing', "(select file from glob('/*'))"],
  ['an environment variable', "getenv('HOME')"],
  ['a setting', "current_setting('temp_directory')"],
  ['a variable', "getvariable('time_zone')"],
  ['a column that shares a function name, called', 'getenv(c0)'],
  ['several statements', "1; attach '/tmp/x.duckdb' as x"],
  ['a pragma', 'pragma database_list'],
  ['a statement of its own', '1; pragma enable_profiling'],
  ['copying out', "1; copy (select 1) to '/tmp/x.csv'"],
  ['an install', '1; install httpfs'],
  ['another selected column', '1, 2'],
  ['a source of rows', "c0 from read_text('/etc/passwd')"],
  ['a condition', 'c0 where 1 = 1'],
  ['a union', "c0 union select 'x'"],
  ['an order', 'c0 order by 1'],
  ['a limit', 'c0 limit 1'],
  ['a common table', 'c0) as x, (select 1'],
  ['an aggregate', 'count(*)'],
  ['a window', 'row_number() over ()'],
  ['a window over columns', 'sum(1) over (partition by deal_stage)'],
  ['a lambda', 'list_transform([1], lambda x: x)'],
  ['a star', '*'],
  ['all columns', 'columns(*)'],
  ['a parameter', '$1'],
  ['a random number', 'random()'],
  ['a macro of ours', 'wall_dmy(deal_stage)'],
  ['an unknown column', 'revenue'],
  ["another table's column", 'raw.deal_row.amount'],
  ['a prefixed function', "main.read_text('/etc/passwd')"],
  ['a method call', "'/etc/passwd'.read_text()"],
  ['a comment that hides the rest', 'c0 -- , (select 1)\n, 2'],
  ['an extension', 'load_extension(c0)'],
  ['nextval', "nextval('s')"],
  ['no SQL at all', 'deal_stage ='],
  ['nothing', ''],
];

describe('a mapping expression', () => {
  it.each(allowed)('may be %s', async (sql) => {
    await expect(checkExpression(connection, sql, headers)).resolves.toBeUndefined();
  });

  it.each(hostile)('may not be %s', async (_, sql) => {
    await expect(checkExpression(connection, sql, headers)).rejects.toBeInstanceOf(Problem);
  });

  it('is quoted back with what is wrong', async () => {
    await expect(checkExpression(connection, "getenv('HOME')", headers)).rejects.toThrow(
      /'getenv\(''HOME''\)' calls getenv\(\), which is not allowed/,
    );
  });

  it('stops the load with its place in the configuration', async () => {
    const settings = `currency: USD
files:
  - path: sales.csv
    table: deal
    columns:
      deal_id: id
      amount: { sql: "(select 1)" }`;
    const { file } = await rawOf({ 'sales.csv': 'id,amount\n1,5\n' }, settings);
    expect(file('sales.csv')).toMatchObject({ is_question: true, rows_loaded: 0 });
    expect(file('sales.csv').unread_reason).toMatch(/^holdfast.yaml:3: .*\(select 1\)/);
  });
});
