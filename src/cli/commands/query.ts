import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { Problem } from '../../../pipeline/problem.ts';
import type { Answer, AnswerColumn, AnswerValue } from '../../lib/download/answer.ts';
import { toCsv } from '../../lib/download/csv.ts';
import { fileFormats, type FileFormat } from '../../lib/download/file.ts';
import { parseRequest, type Request } from '../../lib/metrics/request.ts';
import { onceEach } from '../../lib/records/refusal.ts';
import { answerSlice, sliceQuery } from '../../lib/records/slice.ts';
import { NoWarehouse, openWarehouse, type Warehouse } from '../../lib/warehouse/warehouse.ts';
import { WrongUsage } from '../failure.ts';
import { examples, outOption, type GlobalOptions } from '../options.ts';
import { count, note, percent, printJson, say, table, write } from '../terminal.ts';

interface QueryOptions extends GlobalOptions {
  measures: string;
  by?: string;
  where: string[];
  compare?: string;
  sort?: string;
  limit?: string;
  out: string;
  format?: FileFormat;
}

/** The request as URL parameters, the one grammar that pages and HTTP share. */
function parameters(options: QueryOptions): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of ['measures', 'by', 'compare', 'sort', 'limit'] as const) {
    const value = options[name];
    if (value !== undefined) search.append(name, value);
  }
  for (const condition of options.where) {
    const at = condition.indexOf('=');
    if (at < 1) throw new WrongUsage(`--where takes k=v, k!=v or k=FROM..TO, not "${condition}".`);
    // The name of `k!=v` is `k!`: the grammar's own way to turn a filter round.
    search.append(condition.slice(0, at).trim(), condition.slice(at + 1).trim());
  }
  return search;
}

async function open(out: string): Promise<Warehouse> {
  try {
    return await openWarehouse(out);
  } catch (error) {
    if (!(error instanceof NoWarehouse)) throw error;
    throw new Problem(error.message, 'Make one with: holdfast load FOLDER --out FILE.');
  }
}

async function parquet(warehouse: Warehouse, request: Request): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-query-'));
  const file = join(folder, 'answer.parquet');
  const { sql, parameters } = sliceQuery(warehouse, request);
  try {
    await warehouse.writeParquet(sql, parameters, file);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function arrow(found: Answer): Promise<Uint8Array> {
  const { toArrow } = await import('../../lib/download/arrow.ts');
  return toArrow(found);
}

async function xlsx(found: Answer, search: URLSearchParams): Promise<Buffer> {
  const { TooLargeError, toXlsx } = await import('../../lib/download/xlsx.ts');
  try {
    return await toXlsx(found, { title: 'Holdfast query', request: `?${search}` });
  } catch (error) {
    throw error instanceof TooLargeError ? new Problem(error.message, '') : error;
  }
}

function shown(value: AnswerValue, { format }: AnswerColumn): string {
  if (value === null) return '–';
  if (typeof value !== 'number') return String(value);
  if (format === 'rate' || format === 'points') return percent(value);
  const digits = format === 'money' ? 2 : 0;
  const most = format === 'count' ? 0 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: most });
}

function describe({ columns, rows, n, coverage, build_id }: Answer): void {
  const numeric = columns.flatMap(({ kind }, index) => (kind === 'measure' ? [index] : []));
  const cells = rows.map((row) => columns.map((column) => shown(row[column.id] ?? null, column)));
  const head = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  say(table(head, cells, numeric));
  const known = coverage === null ? '' : ` List price known for ${percent(coverage)} of net.`;
  note(`\n${count(n)} deals, build ${build_id}.${known}`);
}

export function addQuery(program: Command): void {
  const several = (condition: string, before: string[]) => [...before, condition];
  const command = program
    .command('query')
    .description('ask the published warehouse one question')
    .requiredOption('--measures <ids>', 'what to sum up, joined by commas')
    .option('--by <ids>', 'the dimensions to split by, joined by commas')
    .option('--where <condition>', 'k=v, k=v1,v2, k!=v or k=FROM..TO; may be given again', several, [])
    .option('--compare <with>', 'previous, year_ago or FROM..TO')
    .option('--sort <id>', 'a measure or dimension; -id for the largest first')
    .option('--limit <n>', 'the most rows')
    .option(...outOption)
    .addOption(new Option('--format <format>', 'how to write the answer on stdout').choices(fileFormats))
    .action(async (_: unknown, self: Command) => {
      const options = self.optsWithGlobals<QueryOptions>();
      const search = parameters(options);
      onceEach(search);
      const request = parseRequest(search);
      const warehouse = await open(options.out);
      try {
        const format = options.format ?? (options.json ? 'json' : null);
        if (format === 'parquet') return void process.stdout.write(await parquet(warehouse, request));
        const found = await answerSlice(warehouse, request);
        if (format === null) describe(found);
        else if (format === 'json') printJson(found);
        else if (format === 'csv') await write(toCsv(found));
        else if (format === 'arrow') process.stdout.write(await arrow(found));
        else process.stdout.write(await xlsx(found, search));
      } finally {
        warehouse.close();
      }
    });
  examples(
    command,
    'query --measures discount,discount_rate --by region',
    'query --measures net_amount --by rep_name --where period=2026-Q3 --compare previous',
    "query --measures discount --by deal_id --where 'region!=EMEA' --format xlsx > discount.xlsx",
  );
}
