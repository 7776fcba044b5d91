import { parseConfiguration } from '../configuration/readConfiguration.ts';
import { rawOf, type RawOf } from '../load/rawOf.fixture.ts';
import { describeBuild } from '../models/describe.ts';
import { runModels } from '../models/runModels.ts';

export interface Billed extends RawOf {
  /** Lines of bills as [bill, line, list, discount, net]. */
  lines: () => Promise<unknown[][]>;
  /** Credits as [note, line, bill, amount, currency, reason]. */
  credits: () => Promise<unknown[][]>;
}

/** Loads files of billing systems and settles their bills, with dollars as the reporting currency. */
export async function billed(files: Record<string, string | Buffer>): Promise<Billed> {
  const raw = await rawOf(files);
  const configuration = parseConfiguration('currency: USD\ntime_zone: UTC', 'holdfast.yaml');
  const build = { buildId: 'b', builtAt: '2026-11-21T12:00:00Z', productVersion: '0', metrics: [] };
  await describeBuild(raw.connection, configuration, build);
  await runModels(raw.connection, configuration, () => {}, { layers: ['core'] });
  const values = async (sql: string) => (await raw.rows(sql)).map((row) => Object.values(row));
  return {
    ...raw,
    lines: () =>
      values(`select invoice_id, invoice_line_id, list_amount::double as list, coalesce(discount_amount, 0)::double as off,
          coalesce(net_amount, list_amount - coalesce(discount_amount, 0))::double as net
        from core.invoice_line order by 1, 2`),
    credits: () =>
      values(`select credit_note_id, credit_note_line_id, invoice_id, amount::double as amount, currency, reason
        from core.credit_note_line order by 1, 2 nulls first`),
  };
}

/** Rows of objects as CSV under the keys of the first. */
export function csvOf(rows: Record<string, unknown>[]): string {
  const head = Object.keys(rows[0]!);
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return (
    [head.join(','), ...rows.map((row) => head.map((name) => cell(row[name])).join(','))].join('\n') + '\n'
  );
}

/** Rows of a small table: the first line names the columns, blanks part them, `-` is nothing. */
export function table(text: string): Record<string, string>[] {
  const [head, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.map((row) =>
    Object.fromEntries(head!.map((name, at) => [name, row[at] === '-' ? '' : row[at]!])),
  );
}

/** Rows of objects, one a line. */
export const jsonLinesOf = (rows: unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
