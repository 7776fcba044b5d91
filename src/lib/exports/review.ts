import { bytes } from './bytes.ts';
import type { Looked } from './inspecting.ts';
import type { Inspection } from './inspection.ts';
import type { ModelTable } from './model.ts';
import { rowIs } from './rowWords.ts';
import { questionOf, type FileQuestion } from './questions.ts';

/** What a person has to do about a file: nothing, answer, say what it is, or mend it. */
export type Standing = 'looking' | 'ready' | 'question' | 'unknown' | 'unreadable';

export interface ReviewedColumn {
  source: string;
  /** What it becomes, in words, and by name. */
  means: string;
  target: string;
  cells: string;
  style: string;
  how: string;
}

/** One table of one file: an archive or a workbook may hold several. */
export interface ReviewedTable {
  path: string;
  standing: Standing;
  recognisedAs: string | null;
  confidence: number;
  rows: number;
  /** Columns whose names could be read. */
  headers: number;
  /** How the file is written, in words. */
  written: string;
  rowsAre: string[];
  columns: ReviewedColumn[];
  unused: string[];
  missing: { column: string; means: string }[];
  rejected: number;
  rejects: { line: number; at: string; cell: string; problem: string }[];
  oddities: string[];
  reason: string | null;
  question: FileQuestion | null;
  /** What it might be, the likeliest first. */
  likely: { label: string; proposal: number }[];
}

export interface ReviewedFile {
  name: string;
  size: string;
  standing: Standing;
  tables: ReviewedTable[];
}

const encodings: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows Western',
};
const delimiters: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

function writtenWords({ dialect }: Inspection): string {
  if (!dialect) return '';
  const { format, delimiter, encoding, compression } = dialect;
  const kind =
    format === 'csv' ? `cells between ${delimiters[delimiter] ?? 'other marks'}` : format.toUpperCase();
  const text = encodings[encoding] ?? encoding;
  return [kind, format === 'csv' ? text : '', compression === 'none' ? '' : compression]
    .filter((part) => part !== '')
    .join(', ');
}

function standingOf(found: Inspection): Standing {
  if (!found.unread_reason) return 'ready';
  if (found.is_question) return 'question';
  return found.preview.columns.length > 0 && found.rows > 0 ? 'unknown' : 'unreadable';
}

/** Proposals offered as buttons. */
const OFFERED = 3;

/** What was found in a file, in the words that a page shows. */
export function reviewedTable(found: Inspection, model: readonly ModelTable[]): ReviewedTable {
  const tableOf = (name: string) => model.find(({ table }) => table === name);
  const meansOf = (table: string, target: string) =>
    tableOf(table)?.columns.find(({ name }) => name === target)?.means ?? target;
  const cellsOf = (source: string) =>
    found.preview.columns.find(({ header }) => header === source)?.cells.join(' · ') ?? '';
  const rejects = found.preview.tables.flatMap(({ rejected }) => rejected);
  return {
    path: found.path,
    standing: standingOf(found),
    recognisedAs: found.recognised_as?.replace(/^mapping to .*/, 'as you said') ?? null,
    confidence: found.confidence,
    rows: found.rows,
    headers: found.preview.columns.length,
    written: writtenWords(found),
    rowsAre: [...new Set(found.unlocks.map(({ table }) => rowIs(tableOf(table)?.one_row_is ?? table)))],
    columns: found.columns.map(({ source, table, target, how, style }) => ({
      source,
      means: meansOf(table, target),
      target: `${table}.${target}`,
      cells: cellsOf(source),
      style,
      how,
    })),
    unused: found.unused,
    missing: found.missing.map(({ table, column, means }) => ({ column: `${table}.${column}`, means })),
    rejected: found.unlocks.reduce((sum, { rows_rejected: rows }) => sum + rows, 0),
    rejects: rejects.map(({ line, at, cell, problem }) => ({
      line,
      at: at ?? '',
      cell: cell ?? '',
      problem: problem ?? '',
    })),
    oddities: found.oddities,
    reason: found.unread_reason,
    question: questionOf(found),
    likely: found.preview.proposals
      .map(({ recognised_as: name, entries }, proposal) => ({
        label: name ?? entries.map(({ table }) => rowIs(tableOf(table)?.one_row_is ?? table)).join(' and '),
        proposal,
        columns: entries.reduce((sum, { columns }) => sum + Object.keys(columns).length, 0),
      }))
      // One column that is alike says little.
      .filter(({ columns }) => columns > 1)
      .slice(0, OFFERED)
      .map(({ label, proposal }) => ({ label, proposal })),
  };
}

const worst: Standing[] = ['looking', 'question', 'unknown', 'unreadable', 'ready'];

/** A file as the page shows it. */
export function reviewedFile({ file, found }: Looked, model: readonly ModelTable[]): ReviewedFile {
  const tables = found?.map((one) => reviewedTable(one, model)) ?? [];
  const standings = found ? tables.map(({ standing }) => standing) : (['looking'] as const);
  return {
    name: file.name,
    size: bytes(file.size),
    standing: worst.find((standing) => (standings as readonly Standing[]).includes(standing)) ?? 'unreadable',
    tables,
  };
}

/** Tables that most pages rest on, the most needed first, and what people call them. */
const wanted: [string[], string][] = [
  [['deal'], 'Deals'],
  [['deal_line'], 'The lines of deals'],
  [['list_price'], 'A price book'],
  [['product'], 'Products'],
  [['account'], 'Customers'],
  [['person'], 'Salespeople'],
  [['person_assignment'], 'Who reports to whom, and regions'],
  [['deal_snapshot', 'deal_event'], 'The history of deals'],
  [['invoice_line', 'invoice'], 'Invoices'],
  [['subscription'], 'Subscriptions'],
];

/** What a table is for, in words that can follow "for". */
const unlockedBy = (table: ModelTable | undefined) =>
  table?.table === 'deal'
    ? 'every figure: with their owner, close date and amount at least'
    : (table?.unlocks.split(';')[0] ?? '');

export interface MissingTable {
  what: string;
  unlocks: string;
}

/** What none of the files holds and nothing loaded before does, with what it would unlock. */
export function missingTables(
  files: readonly Looked[],
  loaded: readonly string[],
  model: readonly ModelTable[],
): MissingTable[] {
  const there = new Set([
    ...loaded,
    ...files.flatMap(({ found }) => found?.flatMap(({ unlocks }) => unlocks.map(({ table }) => table)) ?? []),
  ]);
  return wanted
    .filter(([tables]) => !tables.some((table) => there.has(table)))
    .map(([tables, what]) => ({
      what,
      unlocks: unlockedBy(model.find(({ table }) => table === tables[0])),
    }));
}
