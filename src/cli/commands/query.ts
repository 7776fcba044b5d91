import { Option, type Command } from 'commander';
import { Problem } from '../../../pipeline/problem.ts';
import { count, format, rate, UNKNOWN } from '../../lib/design/formats.ts';
import type { Answer, AnswerColumn, AnswerValue } from '../../lib/download/answer.ts';
import { fileFormats, type FileFormat } from '../../lib/download/file.ts';
import { everything, parseRequest } from '../../lib/metrics/request.ts';
import { onceEach } from '../../lib/records/refusal.ts';
import { answerSlice } from '../../lib/records/slice.ts';
import { NoWarehouse, openWarehouse, type Warehouse } from '../../lib/warehouse/warehouse.ts';
import { WrongUsage } from '../failure.ts';
import { examples, publishedAt, publishedOption, type GlobalOptions } from '../options.ts';
import { note, printJson, say, table, write } from '../terminal.ts';

interface QueryOptions extends GlobalOptions {
  measures: string;
  by?: string;
  where: string[];
  compare?: string;
  sort?: string;
  limit?: string;
  out?: string;
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

/** As pages write it, where the head of the column names the currency. */
function shown(value: AnswerValue, { format: kind }: AnswerColumn): string {
  if (typeof value !== 'number') return value === null ? UNKNOWN : String(value);
  const unit = kind === 'money' ? 'cents' : kind === 'boolean' ? 'text' : kind;
  return format(value, unit, { bare: unit !== 'points' });
}

function describe({ columns, rows, n, coverage, build_id }: Answer): void {
  const numeric = columns.flatMap(({ kind }, index) => (kind === 'measure' ? [index] : []));
  const cells = rows.map((row) => columns.map((column) => shown(row[column.id] ?? null, column)));
  const head = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  say(table(head, cells, numeric));
  const known = coverage === null ? '' : ` List price known for ${rate(coverage)} of net.`;
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
    .option(...publishedOption)
    .addOption(new Option('--format <format>', 'how to write the answer on stdout').choices(fileFormats))
    .action(async (_: unknown, self: Command) => {
      const options = self.optsWithGlobals<QueryOptions>();
      const search = parameters(options);
      onceEach(search);
      const request = parseRequest(search);
      const warehouse = await open(publishedAt(options.out));
      try {
        const wanted = options.format ?? (options.json ? 'json' : null);
        if (wanted === null) describe(await answerSlice(warehouse, request, everything));
        else if (wanted === 'json') printJson(await answerSlice(warehouse, request, everything));
        else {
          // Workbooks and Arrow are slow to load, and most answers are read where they are asked for.
          const { answerFile } = await import('../../lib/records/answerFile.ts');
          await write((await answerFile(warehouse, request, wanted, `?${search}`, everything)).bytes);
        }
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
