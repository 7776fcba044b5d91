import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a canonical column holds; each type has one SQL type and one way of being read from text. */
export type ColumnType =
  | 'id'
  | 'text'
  | 'currency'
  | 'date'
  | 'instant'
  | 'amount'
  | 'price'
  | 'quantity'
  | 'percent'
  | 'integer'
  | 'boolean';

export interface CanonicalColumn {
  name: string;
  type: ColumnType;
  means: string;
  required: boolean;
  /** What can't be told without it, where that is more than what it means; no sentence. */
  costs: string | null;
}

export interface CanonicalTable {
  name: string;
  oneRowIs: string;
  /** Columns that tell two rows apart; a part that is missing counts as a value of its own. */
  key: string[];
  /** For tables of spans: the columns within which spans must not overlap. */
  spanOf: string[];
  columns: CanonicalColumn[];
  unlocks: string;
}

/** Amounts keep four decimals and unit prices eight, as the model page says; percents are in points (20 = 20%). */
export const sqlTypes: Record<ColumnType, string> = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  currency: 'VARCHAR',
  date: 'DATE',
  instant: 'TIMESTAMP',
  amount: 'DECIMAL(18,4)',
  price: 'DECIMAL(18,8)',
  quantity: 'DECIMAL(18,4)',
  percent: 'DECIMAL(18,8)',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
};

interface TableFile {
  [name: string]: {
    one_row_is: string;
    key: string[];
    span_of?: string[];
    required?: string[];
    unlocks: string;
    columns: Record<string, [ColumnType, string]>;
  };
}

const folder = new URL('./tables/', import.meta.url);
const costs = parse(readFileSync(new URL('./costs.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string>
>;

function readTables(): CanonicalTable[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => Object.entries(parse(readFileSync(new URL(file, folder), 'utf8')) as TableFile))
    .map(([name, table]) => ({
      name,
      oneRowIs: table.one_row_is,
      key: table.key,
      spanOf: table.span_of ?? [],
      unlocks: table.unlocks,
      columns: Object.entries(table.columns).map(([column, [type, means]]) => ({
        name: column,
        type,
        means,
        costs: costs[name]?.[column] ?? null,
        required: (table.required ?? table.key.filter((part) => !part.startsWith('valid_'))).includes(column),
      })),
    }));
}

/** Every canonical table of the model, in the order of its files. */
export const canonicalTables: readonly CanonicalTable[] = readTables();

const byName = new Map(canonicalTables.map((table) => [table.name, table]));

/** The canonical table of that name, or undefined. */
export function canonicalTable(name: string): CanonicalTable | undefined {
  return byName.get(name);
}
