import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { messageOf } from '../archive.ts';
import { findHeader, type Header } from '../header.ts';
import type { RawRecord } from '../records.ts';
import { csvRelation, oneRow } from '../relation.ts';
import { ScratchCsv } from '../scratchCsv.ts';
import { RecordSorter } from '../sortRecords.ts';
import type { SourceTable } from '../table.ts';
import { UnreadableFile } from '../unreadable.ts';
import { sharedStrings } from './sharedStrings.ts';
import { sheetRows, type SheetNotes, type SheetRow } from './sheetRows.ts';
import { openWorkbook, type SheetPart, type Workbook } from './workbook.ts';

/** Rows looked at to see where the table stands and what its header is. */
const SAMPLE_ROWS = 400;

/** The columns a table takes up: the first one filled, and how many follow. */
interface Frame {
  from: number;
  width: number;
}

function frameOf(rows: SheetRow[]): Frame {
  const filled = rows.filter(({ cells }) => cells.length > 0);
  if (filled.length === 0) return { from: 0, width: 0 };
  const firsts = filled.map(({ cells }) => cells.findIndex((cell) => cell !== ''));
  const from = firsts.reduce((least, first) => Math.min(least, first), Infinity);
  const to = filled.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return { from, width: to - from };
}

/** A row as a record of the table's width; longer where something stands outside of it. */
function recordOf({ line, cells }: SheetRow, { from, width }: Frame): RawRecord {
  if (cells.length === 0) return { line, text: '', fields: [''], state: 'whole' };
  const outside = cells.slice(0, from).some((cell) => cell !== '');
  const fields = outside ? [...cells] : cells.slice(from);
  while (fields.length < width) fields.push('');
  return { line, text: cells.join('\t').trim(), fields, state: 'whole' };
}

/** Takes a sheet's rows one by one, and knows from the first ones which are the table. */
class TableReader {
  readonly kept = new ScratchCsv();
  readonly hash = createHash('sha256');
  header: Header | null = null;
  /** Row of the header; 0 where there is none. */
  headerLine = 0;
  sorter: RecordSorter | null = null;
  frame: Frame = { from: 0, width: 0 };
  private sample: SheetRow[] = [];

  take(row: SheetRow): void {
    this.hash.update(`${row.line}\x1e${row.cells.join('\x1f')}\x1e`);
    if (this.sorter) return this.sorter.take(recordOf(row, this.frame));
    this.sample.push(row);
    if (this.sample.length >= SAMPLE_ROWS) this.begin();
  }

  end(): void {
    if (!this.sorter) this.begin();
    this.sorter?.finish();
  }

  private begin(): void {
    const { sample } = this;
    this.frame = frameOf(sample);
    const { width } = this.frame;
    const records = sample.map((row) => recordOf(row, this.frame));
    const written = records.filter(({ text }) => text !== '');
    this.header = findHeader(written, width);
    this.headerLine = written[this.header.index]?.line ?? 0;
    const marks = { delimiter: '\t', quote: '', escape: '' };
    const rules = { ...marks, width, header: this.header.lines[0] ?? [], shapes: [], broken: false };
    this.sorter = new RecordSorter(rules, (fields, line) => this.kept.add(fields, line));
    const last = this.header.firstData > 0 ? written[this.header.firstData - 1]?.line : undefined;
    for (const record of records) if (record.line > (last ?? 0)) this.sorter.take(record);
    this.sample = [];
  }
}

async function fill(
  reader: TableReader,
  workbook: Workbook,
  sheet: SheetPart,
  notes: SheetNotes,
  scratch: string,
): Promise<void> {
  const output = createWriteStream(scratch, { highWaterMark: 1 << 20 });
  const strings = await sharedStrings(workbook);
  for await (const rows of sheetRows(workbook, strings, notes, sheet)) {
    for (const row of rows) reader.take(row);
    if (!output.write(reader.kept.drain())) await once(output, 'drain');
  }
  reader.end();
  output.end(reader.kept.drain());
  await once(output, 'close');
}

/**
 * Reads one sheet of a workbook as a table: each row on its row of the sheet, each cell as its number format says it
 * is. Throws `UnreadableFile` where there is no such sheet, or nothing in it.
 */
export async function readSheet(
  connection: DuckDBConnection,
  path: string,
  name: string,
  scratch: string,
): Promise<SourceTable> {
  const workbook = await openWorkbook(path);
  try {
    const sheet = workbook.sheets.find((candidate) => candidate.name === name);
    if (!sheet) {
      const names = workbook.sheets.map((candidate) => candidate.name).join(', ');
      throw new UnreadableFile(path, `The workbook has no sheet "${name}". It has: ${names}.`);
    }
    if (sheet.member.refusal) throw new UnreadableFile(path, sheet.member.refusal);
    const none = () => ({ count: 0, first: '' });
    const notes: SheetNotes = { hiddenRows: 0, errors: none(), unsaved: none(), merged: [] };
    const reader = new TableReader();
    try {
      await fill(reader, workbook, sheet, notes, scratch);
    } catch (cause) {
      if (cause instanceof UnreadableFile) throw cause;
      throw new UnreadableFile(path, `The sheet "${name}" is damaged: ${messageOf(cause).split('\n')[0]}.`);
    }
    return await tableOf(connection, path, sheet, reader, notes, scratch);
  } finally {
    workbook.archive.close();
  }
}

async function tableOf(
  connection: DuckDBConnection,
  path: string,
  sheet: SheetPart,
  { header, headerLine, sorter, frame, kept, hash }: TableReader,
  notes: SheetNotes,
  scratch: string,
): Promise<SourceTable> {
  if (!header || !sorter || frame.width === 0)
    throw new UnreadableFile(path, `The sheet "${sheet.name}" is empty.`);
  const marks = { delimiter: ',', quote: '"', escape: '"', newline: '\n' } as const;
  const { width } = frame;
  const relation = csvRelation(scratch, { ...marks, skip: 0, width, withLine: true, longest: kept.longest });
  const [rows] = (await oneRow(connection, `select count(*) from ${relation}`)) as [number];
  if (rows !== kept.rows)
    throw new Error(`Wrote ${kept.rows} rows of ${path} but read ${rows} of them back.`);
  return {
    path,
    dialect: {
      format: 'xlsx',
      encoding: 'utf-8',
      bom: false,
      compression: 'none',
      delimiter: '',
      quote: '',
      escape: '',
      newline: '\n',
      header_line: headerLine,
      sheet: sheet.name,
    },
    header: header.lines,
    columns: header.columns,
    relation,
    typedRelation: null,
    rows,
    firstLine: null,
    rejected: [...header.rejected, ...sorter.rejected],
    setAside: sorter.setAside,
    oddities: [...header.oddities, ...sorter.oddities(), ...oddities(sheet, notes)],
    contentHash: hash.digest('hex'),
    bytes: sheet.member.bytes,
  };
}

const some = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function oddities(
  { name, hidden }: SheetPart,
  { hiddenRows, errors, unsaved, merged }: SheetNotes,
): string[] {
  const found: string[] = [];
  if (hidden) found.push(`The sheet "${name}" is hidden in the workbook. It was read all the same.`);
  if (hiddenRows > 0) found.push(`${some(hiddenRows, 'row')} hidden in the sheet, read all the same.`);
  if (errors.count > 0)
    found.push(`${some(errors.count, 'cell')} with a formula’s error, the first in ${errors.first}.`);
  if (unsaved.count > 0)
    found.push(
      `${some(unsaved.count, 'formula')} whose result the file doesn’t hold, the first in ${unsaved.first}: read as empty. Open and save the workbook to have them worked out.`,
    );
  if (merged.length > 0)
    found.push(
      `Cells merged over several rows (${merged.slice(0, 5).join(', ')}${merged.length > 5 ? ', …' : ''}): only the first row of each has the value.`,
    );
  return found;
}
