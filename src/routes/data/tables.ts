import { pageGroups } from '$lib/design/pages.ts';
import { count, dateAndTime, decimal } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { CheckResult } from '$lib/records/data/checks.ts';
import type { FieldCoverage, TableCoverage } from '$lib/records/data/coverage.ts';
import type { Fed } from '$lib/records/data/fed.ts';
import type { Feed, Mapped, RowCounts, SourceFile, UnreadFile } from '$lib/records/data/files.ts';
import type { LeftOutRow, Reason } from '$lib/records/data/leftOut.ts';
import type { Restated } from '$lib/records/data/restated.ts';
import { dialectInWords, exportedInWords, originInWords } from '$lib/records/data/words.ts';
import { accountHref, dealHref, hrefWith, pageHref } from '$lib/records/links.ts';
import { placeOf } from '$lib/records/sourced.ts';
import { inWords } from '$lib/records/words.ts';

type Cells = Row['cells'];

/** The page with one thing opened, at the place where it opens. */
export const showHref = (kind: string, id: string, anchor: string) =>
  `/data?${new URLSearchParams({ show: `${kind}.${id}` })}#${anchor}`;

const results = (check: Omit<CheckResult, 'rows'>) =>
  check.passed ? 'holds' : check.severity === 'block' ? 'fails' : 'to look at';

export const checkColumns: Column[] = [
  { id: 'what', label: 'What should hold' },
  { id: 'result', label: 'Result' },
  { id: 'detail', label: 'Found' },
  { id: 'severity', label: 'If it fails' },
];

export const heldColumns: Column[] = [
  { id: 'what', label: 'What holds' },
  { id: 'severity', label: 'If it fails' },
];

export const checkRows = (checks: (Omit<CheckResult, 'rows'> & { count: number })[]): Row[] =>
  checks.map((check) => ({
    key: check.id,
    href: check.count > 0 ? showHref('check', check.id, 'check') : undefined,
    alarm: !check.passed && check.severity === 'block' ? ['result'] : [],
    cells: {
      what: check.what,
      result: results(check),
      detail: check.passed ? '' : check.detail,
      severity: check.severity === 'block' ? 'nothing is published' : 'published, and said here',
    },
  }));

const hrefs: Record<string, (id: string) => string> = { deal_id: dealHref, account_id: accountHref };

/** The rows behind a check: their columns are the check's own. */
export function brokenTable(rows: CheckResult['rows']): { columns: Column[]; rows: Row[] } {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const linkOf = (row: CheckResult['rows'][number], name: string) =>
    row[name] === null || row[name] === undefined ? undefined : hrefs[name]?.(String(row[name]));
  return {
    columns: names.map((id) => ({ id, label: inWords(id) ?? id })),
    rows: rows.map((row, at) => ({
      key: String(at),
      cells: Object.fromEntries(
        names.map((name) => [name, row[name] === null || row[name] === undefined ? null : String(row[name])]),
      ),
      href: names[0] === undefined ? undefined : linkOf(row, names[0]),
      links: Object.fromEntries(
        names.slice(1).flatMap((name) => {
          const href = linkOf(row, name);
          return href === undefined ? [] : [[name, href]];
        }),
      ),
    })),
  };
}

const countColumns: Column[] = [
  { id: 'rows_in', label: 'Rows', unit: 'count', phone: 'figure' },
  { id: 'rows_loaded', label: 'Loaded', unit: 'count' },
  { id: 'rows_set_aside', label: 'Set aside', unit: 'count' },
  { id: 'rows_rejected', label: 'Rejected', unit: 'count' },
];

export const fileColumns: Column[] = [
  { id: 'path', label: 'File' },
  { id: 'recognised_as', label: 'Recognised as' },
  ...countColumns,
  { id: 'money_in', label: 'Amounts', unit: 'cents' },
  { id: 'money_left_out', label: 'Of these not loaded', unit: 'cents' },
  { id: 'exported', label: 'Exported' },
];

/** In the file's own currencies, as are its amounts; null where all of them are loaded. */
const leftOutOf = ({ money_in, money_loaded }: SourceFile): number | null =>
  money_in === null ? null : Math.round((money_in - (money_loaded ?? 0)) * 1e4) / 1e4 || null;

export const fileRows = (files: SourceFile[], timeZone: string): Row[] =>
  files.map((file) => ({
    key: file.source_file_id,
    href: showHref('file', file.source_file_id, 'file'),
    alarm: file.rows_rejected > 0 ? ['rows_rejected'] : [],
    cells: {
      ...(file as unknown as Cells),
      money_left_out: leftOutOf(file),
      exported: exportedInWords(file.exported_at, timeZone),
    },
    notes: { exported: originInWords(file.exported_at_source) },
  }));

export const totalRow = (totals: RowCounts): Row => ({
  key: 'total',
  cells: { ...(totals as unknown as Cells), path: 'All' },
});

export const feedColumns: Column[] = [
  { id: 'table', label: 'Into' },
  ...countColumns,
  { id: 'money_column', label: 'Its amounts' },
  { id: 'money_in', label: 'In the file', unit: 'cents' },
  { id: 'money_loaded', label: 'Loaded, sum', unit: 'cents' },
  { id: 'money_set_aside', label: 'Set aside, sum', unit: 'cents' },
  { id: 'money_rejected', label: 'Rejected, sum', unit: 'cents' },
];

export const feedRows = (feeds: Feed[]): Row[] =>
  feeds.map((feed, at) => ({
    key: String(at),
    href: showHref('table', feed.table_name, 'table'),
    cells: { ...(feed as unknown as Cells), table: inWords(feed.table_name) },
  }));

export const mappedColumns: Column[] = [
  { id: 'source', label: 'In the file' },
  { id: 'column', label: 'Becomes' },
  { id: 'how', label: 'Known by' },
  { id: 'style', label: 'Read as' },
  { id: 'means', label: 'Which means' },
];

export const mappedRows = (columns: Mapped[]): Row[] =>
  columns.map((mapped) => ({
    key: `${mapped.table_name}.${mapped.column_name}`,
    cells: {
      source: mapped.source,
      column: `${inWords(mapped.table_name)}: ${inWords(mapped.column_name)}`,
      how: mapped.how,
      style: mapped.style,
      means: mapped.means,
    },
  }));

export const reasonColumns: Column[] = [
  { id: 'reason', label: 'Reason' },
  { id: 'column', label: 'Column' },
  { id: 'kind', label: 'So they were' },
  { id: 'rows', label: 'Rows', unit: 'count', bar: true },
  { id: 'files', label: 'Files', unit: 'count' },
];

/** Each reason leads to its rows. */
export const reasonRows = (reasons: Reason[], url: URL): Row[] =>
  reasons.map((reason, at) => ({
    key: String(at),
    href: `${pageHref(new URL(hrefWith(url, 'reason', reason.reason), url), 'column', reason.column_name)}#rows`,
    cells: { ...(reason as unknown as Cells), column: inWords(reason.column_name) },
  }));

export const leftOutColumns: Column[] = [
  { id: 'place', label: 'Where' },
  { id: 'kind', label: 'So it was' },
  { id: 'table', label: 'For' },
  { id: 'column', label: 'Column' },
  { id: 'reason', label: 'Reason' },
  { id: 'text', label: 'As it stands there' },
];

/** As much of a row as reads; the whole of it is in the download. */
const LONGEST = 400;

export const leftOutRows = (rows: LeftOutRow[]): Row[] =>
  rows.map((row, at) => ({
    key: String(at),
    cells: {
      place: placeOf(row),
      kind: row.kind,
      table: inWords(row.table_name),
      column: row.column_name,
      reason: row.reason,
      text: row.text.length > LONGEST ? `${row.text.slice(0, LONGEST)}…` : row.text,
    },
  }));

export const tableColumns: Column[] = [
  { id: 'name', label: 'Table' },
  { id: 'rows', label: 'Rows', unit: 'count', phone: 'figure' },
  { id: 'fields', label: 'Fields that say something' },
  { id: 'unlocks', label: 'What it is for' },
];

export const tableRows = (tables: TableCoverage[]): Row[] =>
  tables.map((table) => ({
    key: table.table_name,
    href: showHref('table', table.table_name, 'table'),
    cells: {
      name: inWords(table.table_name),
      rows: table.rows,
      fields: `${count(table.whole)} in every row, ${count(table.partly)} in some, ${count(table.silent)} in none`,
      unlocks: table.unlocks,
    },
    notes: table.one_row_is === null ? undefined : { name: `a row is ${table.one_row_is}` },
  }));

export const fieldColumns: Column[] = [
  { id: 'name', label: 'Field' },
  { id: 'share', label: 'Known', unit: 'rate', bar: true },
  { id: 'known', label: 'In rows', unit: 'count' },
  { id: 'means', label: 'Which is' },
];

export const fieldRows = (fields: FieldCoverage[]): Row[] =>
  fields.map((field) => ({
    key: field.column_name,
    faint: field.known === 0,
    cells: { ...(field as unknown as Cells), name: inWords(field.column_name) },
  }));

/** What was exported when, for the file that is opened. */
export const fileFacts = (file: SourceFile, timeZone: string) => [
  { label: 'Recognised as', value: file.recognised_as },
  { label: 'Sure to', value: `${decimal(file.confidence * 100, 0)}%` },
  {
    label: 'Exported',
    value: `${exportedInWords(file.exported_at, timeZone)}, ${originInWords(file.exported_at_source)}`,
  },
  { label: 'Loaded', value: dateAndTime(file.loaded_at, timeZone) },
  { label: 'Written as', value: dialectInWords(file.dialect) },
  { label: 'Size', value: `${count(file.bytes)} bytes` },
];

export const unreadColumns: Column[] = [
  { id: 'path', label: 'File', sortable: false },
  { id: 'reason', label: 'Why', sortable: false, phone: 'line' },
];

export const unreadRows = (files: UnreadFile[]): Row[] =>
  files.map(({ path, reason }) => ({ key: path, cells: { path, reason } }));

export const fedColumns: Column[] = [
  { id: 'what', label: 'What is asked' },
  { id: 'share', label: 'Known', unit: 'rate', bar: true, phone: 'figure' },
  { id: 'rows', label: 'Of rows', unit: 'count' },
  { id: 'feeds', label: 'What it is for' },
  { id: 'page', label: 'Most of all on' },
];

export const fedRows = (fed: Fed[]): Row[] =>
  fed.map(({ what, share, rows, feeds, pages, fields }) => ({
    key: what,
    href: showHref('table', fields[0]!.split('.')[0]!, 'table'),
    cells: { what, share: rows === 0 ? 0 : share, rows, feeds, page: pageName(pages[0]!) },
    links: { page: pages[0]! },
  }));

const pageName = (href: string): string =>
  pageGroups.flatMap(({ pages }) => pages).find((page) => page.href === href)?.label ?? href;

export const restatedColumns: Column[] = [
  { id: 'fiscal_quarter', label: 'Closed quarter' },
  { id: 'exported_on', label: 'Changed by the export of', unit: 'date' },
  { id: 'cause', label: 'Because of' },
  { id: 'deals', label: 'Deals', unit: 'count' },
  { id: 'net_before', label: 'Net before', unit: 'cents' },
  { id: 'net_after', label: 'Net after', unit: 'cents' },
  { id: 'net_change', label: 'Net, change', unit: 'cents', signed: true, phone: 'figure' },
  { id: 'list_change', label: 'List, change', unit: 'cents', signed: true },
  { id: 'discount_change', label: 'Discount, change', unit: 'cents', signed: true },
];

export const restatedRows = (restated: Restated[]): Row[] =>
  restated.map((one, at) => ({ key: String(at), cells: { ...(one as unknown as Cells) } }));
