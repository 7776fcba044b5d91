import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Problem } from '../../../pipeline/problem.ts';
import { headerTexts, readTable } from '../../../pipeline/read/table.ts';
import { WrongUsage } from '../failure.ts';

/** What a column is to a method. */
export interface Role {
  name: string;
  about: string;
  optional?: boolean;
}

/** A file's cells by role; a role without a column is not in `columns`. */
export interface RoleTable {
  file: string;
  /** The file's column of each role. */
  columns: Record<string, string>;
  rows: RoleRow[];
}

export interface RoleRow {
  line: number;
  cells: Record<string, string>;
}

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** Reads `role=name` pairs of the command line. */
function chosenColumns(pairs: readonly string[], roles: readonly Role[]): Map<string, string> {
  const known = roles.map(({ name }) => name);
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const role = pair.slice(0, Math.max(0, at)).trim();
      if (at < 1 || !known.includes(role))
        throw new WrongUsage(`--column takes role=name with a role of ${known.join(', ')}, not "${pair}".`);
      return [role, pair.slice(at + 1).trim()];
    }),
  );
}

/** Finds each role's column: the one chosen, else the one of the role's own name. */
export function columnsOf(
  header: readonly string[],
  roles: readonly Role[],
  pairs: readonly string[],
  file: string,
): Map<string, number> {
  const chosen = chosenColumns(pairs, roles);
  const there = `The file has: ${header.join(', ')}.`;
  const found = new Map<string, number>();
  for (const { name } of roles) {
    const wanted = chosen.get(name);
    const exact = wanted === undefined ? -1 : header.indexOf(wanted);
    const index = exact >= 0 ? exact : header.findIndex((text) => plain(text) === plain(wanted ?? name));
    if (index >= 0) found.set(name, index);
    else if (wanted !== undefined) throw new Problem(`There is no column "${wanted}".`, there, { file });
  }
  const missing = roles.filter(({ name, optional }) => !optional && !found.has(name));
  if (missing.length > 0) {
    const named = missing.map(({ name, about }) => `${name} (${about})`).join(', ');
    throw new Problem(`No column for ${named}.`, `Name it: --column ${missing[0]!.name}=NAME. ${there}`, {
      file,
    });
  }
  return found;
}

/** Reads a plain table and maps its columns to roles. */
export async function readRoles(
  file: string,
  roles: readonly Role[],
  pairs: readonly string[],
): Promise<RoleTable> {
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-method-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const table = await readTable(connection, file, scratch);
    const header = headerTexts(table);
    const found = columnsOf(header, roles, pairs, file);
    const names = [...found.keys()];
    const cells = [...found.values()].map((index) => `c${index}`);
    const line = table.firstLine === null ? 'line' : `row_number() over () + ${table.firstLine - 1}`;
    const reader = await connection.runAndReadAll(
      `select ${[line, ...cells].join(', ')} from ${table.relation}`,
    );
    const rows = reader.getRowsJS().map(([at, ...values]) => ({
      line: Number(at),
      cells: Object.fromEntries(names.map((name, i) => [name, String(values[i] ?? '').trim()])),
    }));
    const columns = Object.fromEntries([...found].map(([name, index]) => [name, header[index]!]));
    return { file, columns, rows };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A cell as a number; says where it is none. */
export function numberIn({ file, columns }: RoleTable, row: RoleRow, role: string): number {
  const text = row.cells[role]!.replace('\u2212', '-');
  const value = Number(text);
  if (text === '' || !Number.isFinite(value))
    throw new Problem(
      `"${text}" in ${columns[role]} is no number.`,
      'Write numbers with a point and without thousands separators.',
      { file, line: row.line },
    );
  return value;
}

/** A cell as a number above a bound, or at it where `inclusive`. */
export function numberAbove(
  table: RoleTable,
  row: RoleRow,
  role: string,
  bound = 0,
  inclusive = false,
): number {
  const value = numberIn(table, row, role);
  if (inclusive ? value < bound : value <= bound)
    throw new Problem(
      `${table.columns[role]} is ${value}.`,
      `It must be ${inclusive ? 'at least' : 'above'} ${bound}.`,
      { file: table.file, line: row.line },
    );
  return value;
}
