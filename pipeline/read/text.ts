import type { DuckDBConnection } from '@duckdb/node-api';
import { readCarefully } from './carefulRead.ts';
import { readClean } from './cleanRead.ts';
import { columnShapes } from './columnShapes.ts';
import { headOf, transcode, unpack } from './cleanText.ts';
import type { Dialect } from './dialect.ts';
import { detectEncoding, eightBit, type DetectedEncoding } from './encoding.ts';
import { findHeader, type Header } from './header.ts';
import { grownTable } from './grownTable.ts';
import { jsonArrayOf, writeJsonLines } from './jsonArray.ts';
import { isJsonLines, readJsonLines } from './jsonLines.ts';
import { tooWide } from './limits.ts';
import { measure, type Measured } from './measure.ts';
import { isNameOrTitle, oddityOfOne } from './oneColumn.ts';
import { isComment, sniff, type Sniffed } from './sniff.ts';
import type { SourceTable } from './table.ts';
import { UnreadableFile } from './unreadable.ts';
import { refuseWebPage } from './webPage.ts';

/** A file's text as UTF-8 on disk, and where it came from. */
interface Source {
  /** The file itself, or its UTF-8 copy among the scratch files. */
  textPath: string;
  encoding: DetectedEncoding;
  hash: string;
  bytes: number;
  measured: Measured;
  sniffed: Sniffed;
  /** The text's beginning. */
  sample: string;
}

const NO_MARKS = {
  format: 'json',
  delimiter: '',
  quote: '',
  escape: '',
  newline: '\n',
  header_line: 0,
} as const;

const MIXED_ENDS =
  'Some lines end in a carriage return alone and others in a line feed: both were read as line ends.';

/** Reads delimited text: decides once how it is written, then reads it the fast way where that is exact. */
export async function readText(
  connection: DuckDBConnection,
  path: string,
  container: 'text' | 'gzip',
  scratch: string,
): Promise<SourceTable> {
  const { textPath, encoding, hash, bytes, measured, sniffed, sample } = await prepare(
    path,
    container,
    scratch,
  );
  refuseMarkup(path, sample);
  const compression = container === 'gzip' ? 'gzip' : 'none';
  const array = jsonArrayOf(sample);
  if (array || isJsonLines(sample)) {
    const lines = array ? `${scratch}.jsonl` : textPath;
    const said = array ? await writeJsonLines(textPath, array, lines) : [];
    const read = await readJsonLines(connection, lines);
    const dialect = { ...NO_MARKS, encoding: encoding.encoding, bom: encoding.bom, compression } as const;
    const header = read.columns.length > 0 ? [read.columns] : [];
    const identity = { path, dialect, contentHash: hash, bytes, header, typedRelation: null };
    return { ...identity, ...read, firstLine: null, setAside: [], oddities: said };
  }
  const wide = tooWide(sniffed.width);
  if (wide !== null) throw new UnreadableFile(path, wide);
  refuseTie(path, sniffed);
  refuseNameOrTitle(path, sniffed);
  const { delimiter, quote, escape, newline, width } = sniffed;
  const header = findHeader(sniffed.records, width);
  if (header.index < 0) refuseGrown(path, sniffed);
  const dialect: Dialect = {
    format: 'csv',
    encoding: encoding.encoding,
    bom: encoding.bom,
    compression,
    delimiter,
    quote,
    escape,
    newline,
    header_line: sniffed.records[header.index]?.line ?? 0,
  };
  const { columns, rejected } = header;
  const oneColumn = width === 1 && header.index >= 0 ? oddityOfOne(sniffed.records) : null;
  const oddities = [
    ...(sniffed.mixedEnds ? [MIXED_ENDS] : []),
    ...header.oddities,
    ...(oneColumn === null ? [] : [oneColumn]),
  ];
  const base = {
    path,
    dialect,
    header: header.lines,
    columns,
    typedRelation: null,
    contentHash: hash,
    bytes,
  };
  const skip = linesBefore(sniffed, header);
  const task = {
    path: textPath,
    delimiter,
    quote,
    escape,
    newline,
    width,
    header: header.lines[0] ?? [],
    skip,
  };
  if (!encoding.broken) {
    const clean = await readClean(connection, { ...task, lines: measured.lines, emptyEnds: measured.found });
    if (clean) return { ...base, ...clean, rejected, setAside: [], oddities };
  }
  const comments = hasComments(sniffed, header);
  const shapes = columnShapes(sniffed.records.slice(header.firstData), width);
  const careful = await readCarefully(connection, {
    ...task,
    shapes,
    broken: encoding.broken,
    comments,
    scratch,
  });
  return {
    ...base,
    ...careful,
    firstLine: null,
    rejected: [...rejected, ...careful.rejected],
    oddities: [...oddities, ...careful.oddities],
  };
}

/** Pages and documents saved under a table's name. */
function refuseMarkup(path: string, sample: string): void {
  refuseWebPage(path, sample);
  const start = sample.trimStart().slice(0, 200).toLowerCase();
  if (start.startsWith('<?xml'))
    throw new UnreadableFile(path, 'This is an XML document. Export the data as CSV.');
  if (/^\[\s*\[/.test(start))
    throw new UnreadableFile(
      path,
      'This is a JSON array of arrays, which has no column names. Export it as CSV, or as objects.',
    );
}

const spoken = (delimiter: string) => (delimiter === '\t' ? 'tab' : `"${delimiter}"`);

/** Two delimiters that cut the file equally well: which is meant is for a person to say. */
function refuseTie(path: string, { delimiter, width, score, rival }: Sniffed): void {
  if (!rival || width < 2 || rival.score < score * 0.97) return;
  const [one, other] = [spoken(delimiter), spoken(rival.delimiter)];
  throw new UnreadableFile(
    path,
    `Its lines can be cut at ${one} into ${width} columns as well as at ${other} into ${rival.width}.`,
    'Which of the two is the delimiter? Export it again with the other one left out or in quotes.',
  );
}

/** A name above pairs of words: whether those are two columns is for a person to say. */
function refuseNameOrTitle(path: string, sniffed: Sniffed): void {
  const { delimiter, records, width } = sniffed;
  if (!isNameOrTitle(records, sniffed, width)) return;
  throw new UnreadableFile(
    path,
    `Its first line, "${records[0]?.text.trim()}", may be a title above two columns, or the name of one whose values hold ${spoken(delimiter)}.`,
    'Which is it? Take the title out, or put the values in quotes.',
  );
}

/** A header of fewer columns than most lines have, where nothing shows which of them came later. */
function refuseGrown(path: string, { records, width }: Sniffed): void {
  const grown = grownTable(records, width);
  if (!grown) return;
  const { header, widerFrom } = grown;
  throw new UnreadableFile(
    path,
    `Its header on line ${header.line} names ${header.fields.length} columns, but from line ${widerFrom} on most lines have ${width}.`,
    'Which columns came later? Export it again with one header for all lines.',
  );
}

/** Whether lines among the records are comments: some begin with # and are no records, and most records don't. */
function hasComments({ records, width }: Sniffed, { firstData }: Header): boolean {
  const marked = records.slice(firstData).filter(isComment);
  const alike = marked.filter(({ fields }) => fields.length === width);
  return width > 1 && alike.length < marked.length && alike.length < (records.length - firstData) / 2;
}

/** Physical lines taken up by preamble and header. */
function linesBefore({ records, newline }: Sniffed, { firstData }: Header): number {
  const last = firstData === 0 ? undefined : records[firstData - 1];
  return last ? last.line + last.text.split(newline === '\r' ? /\r\n|\n|\r/ : '\n').length - 1 : 0;
}

async function prepare(path: string, container: 'text' | 'gzip', scratch: string): Promise<Source> {
  let unpacked = path;
  let packed: { hash: string; bytes: number } | null = null;
  if (container === 'gzip') {
    unpacked = `${scratch}.unpacked`;
    packed = await unpack(path, unpacked).catch((cause: unknown) => {
      if (cause instanceof UnreadableFile) throw cause;
      throw new UnreadableFile(path, 'This gzip file is damaged or cut off.');
    });
  }
  const { head, cutOff } = await headOf(unpacked);
  let text = await sampleText(unpacked, detectEncoding(path, head, cutOff), scratch);
  const whole = await measureText(unpacked, text.sniffed);
  if (text.encoding.encoding === 'utf-8' && whole.broken) {
    const encoding = { ...eightBit(path, whole.broken), bom: text.encoding.bom };
    text = await sampleText(unpacked, encoding, scratch);
  }
  const measured = text.path === unpacked ? whole : await measureText(text.path, text.sniffed);
  const { hash, bytes } = packed ?? whole;
  return { ...text, textPath: text.path, hash, bytes, measured };
}

/** Measures a file and looks for lines that end in an empty field. */
function measureText(path: string, { newline, delimiter, quote }: Sniffed): Promise<Measured> {
  const empty = [delimiter, delimiter + quote + quote];
  const ends = newline === '\r\n' ? ['\n', '\r\n'] : [newline];
  return measure(
    path,
    newline === '\r' ? 13 : 10,
    empty.flatMap((field) => ends.map((end) => field + end)),
  );
}

/** The file as UTF-8 (a copy where it is written otherwise) and how its first records are written. */
async function sampleText(
  path: string,
  encoding: DetectedEncoding,
  scratch: string,
): Promise<{ path: string; encoding: DetectedEncoding; sniffed: Sniffed; sample: string }> {
  let textPath = path;
  let { broken } = encoding;
  if (encoding.encoding !== 'utf-8') {
    textPath = `${scratch}.utf8`;
    broken = await transcode(path, encoding.encoding, textPath);
  }
  const { head, cutOff } = await headOf(textPath);
  // A file written behind another one's mark has two of them.
  const sample = new TextDecoder('utf-8').decode(head).replace(/^\ufeff+/, '');
  return { path: textPath, encoding: { ...encoding, broken }, sniffed: sniff(sample, cutOff), sample };
}
