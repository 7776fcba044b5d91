import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Command } from 'commander';
import { headerTexts, readTable, type SourceTable } from '../../../pipeline/read/table.ts';
import { count } from '../../lib/design/formats.ts';
import { examples, type GlobalOptions } from '../options.ts';
import { note, printJson, write } from '../terminal.ts';

/** One record of RFC 4180. A record of one empty field is quoted: an empty line is none. */
function record(fields: readonly string[]): string {
  const written = fields.map((field) =>
    /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  return `${written.length === 1 && written[0] === '' ? '""' : written.join(',')}\r\n`;
}

async function writeTable(connection: DuckDBConnection, found: SourceTable): Promise<void> {
  if (found.header.length > 0) await write(record(headerTexts(found)));
  const cells = found.columns.map((_, index) => `c${index}`).join(', ');
  const result = await connection.stream(`select ${cells} from ${found.relation}`);
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const records = chunk
      .getRows()
      .map((row) => record(row.map((cell) => (cell === null ? '' : String(cell)))));
    await write(records.join(''));
  }
}

const shown = (mark: string) => JSON.stringify(mark);

function noteDialect({ dialect, rows, columns, oddities, rejected, setAside }: SourceTable): void {
  const { format, encoding, bom, compression, delimiter, quote, newline, header_line } = dialect;
  note(
    format === 'csv'
      ? `${encoding}${bom ? ' with a mark' : ''}${compression === 'none' ? '' : `, ${compression}`}, ` +
          `fields end with ${shown(delimiter)}, quoted by ${shown(quote)}, lines end with ${shown(newline)}, ` +
          (header_line > 0 ? `header on line ${header_line}` : 'no header')
      : dialect.sheet === undefined
        ? format
        : `${format}, sheet ${shown(dialect.sheet)}, ` +
          (header_line > 0 ? `header in row ${header_line}` : 'no header'),
  );
  note(`${count(rows)} rows of ${count(columns.length)} columns.`);
  for (const oddity of oddities) note(oddity);
  for (const row of [...rejected, ...setAside].slice(0, 100))
    note(`Line ${row.line} left out: ${row.reason} ${row.text.slice(0, 200)}`);
  const more = rejected.length + setAside.length - 100;
  if (more > 0) note(`… and ${count(more)} more lines left out.`);
}

export function addRead(program: Command): void {
  const command = program
    .command('read')
    .description("a file's table as clean CSV, before any meaning is given to it")
    .argument('<file>', 'one file')
    .option('--sheet <name>', 'the sheet of a workbook, or the member of a zip archive; the first by default')
    .action(async (file: string, _: unknown, self: Command) => {
      const { sheet, json } = self.optsWithGlobals<GlobalOptions & { sheet?: string }>();
      const scratch = mkdtempSync(join(tmpdir(), 'holdfast-read-'));
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      try {
        const found = await readTable(connection, file, scratch, sheet ?? null);
        const { dialect, rows, columns, oddities, rejected, setAside } = found;
        if (json) return printJson({ dialect, rows, columns, oddities, rejected, set_aside: setAside });
        await writeTable(connection, found);
        noteDialect(found);
      } finally {
        connection.closeSync();
        instance.closeSync();
        rmSync(scratch, { recursive: true, force: true });
      }
    });
  examples(
    command,
    'read report.csv > clean.csv',
    'read book.xlsx --sheet Deals',
    'read export.csv.gz --json',
  );
}
