import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowAside } from './asides.ts';
import type { Newline } from './dialect.ts';
import { LineCutter } from './lines.ts';
import { RecordAssembler, type PhysicalLine } from './records.ts';
import { csvRelation, oneRow } from './relation.ts';
import { setRepeatsAside } from './repeatedSections.ts';
import { ScratchCsv } from './scratchCsv.ts';
import { RecordSorter, type SortingRules } from './sortRecords.ts';

export interface CarefulTask extends SortingRules {
  /** UTF-8 text. */
  path: string;
  newline: Newline;
  /** Physical lines before the first record: preamble and header. */
  skip: number;
  /** Where the clean copy goes. */
  scratch: string;
}

export interface CarefulRead {
  relation: string;
  rows: number;
  rejected: RowAside[];
  setAside: RowAside[];
  oddities: string[];
}

/** A line without the byte order mark of a file that was put behind another. */
const unmarked = (line: PhysicalLine): PhysicalLine =>
  line.text.startsWith('\ufeff') ? { ...line, text: line.text.slice(1) } : line;

/**
 * Reads a file record by record, writes the good ones to a clean scratch CSV with the line each began on, and keeps
 * every other one with its reason.
 */
export async function readCarefully(connection: DuckDBConnection, task: CarefulTask): Promise<CarefulRead> {
  const kept = new ScratchCsv();
  const sorter = new RecordSorter(task, (fields, line) => kept.add(fields, line));
  const assembler = new RecordAssembler(task, task.width, (record) => sorter.take(record));
  const cutter = new LineCutter(task.newline);
  const decoder = new TextDecoder('utf-8');
  const output = createWriteStream(task.scratch, { highWaterMark: 1 << 20 });
  const feed = (lines: Iterable<PhysicalLine>) => {
    for (const line of lines) if (line.number > task.skip) assembler.push(unmarked(line));
  };
  for await (const block of createReadStream(task.path, { highWaterMark: 1 << 20 })) {
    feed(cutter.push(decoder.decode(block as Buffer, { stream: true })));
    if (!output.write(kept.drain())) await once(output, 'drain');
  }
  feed(cutter.push(decoder.decode()));
  feed(cutter.end());
  assembler.end();
  sorter.finish();
  output.end(kept.drain());
  await once(output, 'close');
  const relation = csvRelation(task.scratch, {
    delimiter: ',',
    quote: '"',
    escape: '"',
    skip: 0,
    width: task.width,
    newline: '\n',
    withLine: true,
    longest: kept.longest,
  });
  const [rows] = (await oneRow(connection, `select count(*) from ${relation}`)) as [number];
  if (rows !== kept.rows)
    throw new Error(`Wrote ${kept.rows} records of ${task.path} but read ${rows} of them back.`);
  const { rejected, setAside, repeatedHeader } = sorter;
  const read = { relation, rows, rejected, setAside, oddities: sorter.oddities() };
  if (repeatedHeader === null) return read;
  const narrower = await setRepeatsAside(connection, relation, task.width, repeatedHeader);
  if (!narrower) return read;
  return {
    ...read,
    relation: narrower.relation,
    rows: rows - narrower.repeats.length,
    setAside: [...setAside, ...narrower.repeats].sort((a, b) => a.line - b.line),
  };
}
