import type { AnswerColumn } from '$lib/download/answer.ts';
import { toCsv } from '$lib/download/csv.ts';
import { mediaTypes } from '$lib/download/file.ts';
import { toXlsx } from '$lib/download/xlsx.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { keptBuilds } from '$lib/records/data/builds.ts';
import { comparedBuilds } from '$lib/records/data/changes/compared.ts';
import { changeRows } from '$lib/records/data/changes/deals.ts';
import { causeInWords } from '$lib/records/data/changes/words.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../../../api/answering.ts';
import { pairAsked, whichDeals } from '../asked.ts';
import type { RequestHandler } from './$types';

const text = (id: string, label: string): AnswerColumn => ({ id, label, kind: 'dimension', format: 'text' });

const columnsIn = (currency: string): AnswerColumn[] => [
  text('deal_id', 'Deal'),
  text('deal_name', 'Name'),
  text('deal_line_id', 'Line'),
  text('fiscal_quarter', 'Closed in'),
  text('cause', 'Because of'),
  text('source_file', 'Read from'),
  { id: 'source_line', label: 'At line', kind: 'dimension', format: 'number' },
  { id: 'deals', label: 'Won deals', kind: 'measure', format: 'count' },
  ...(['list_amount', 'net_amount', 'discount'] as const).map((id): AnswerColumn => ({
    ...{ id, kind: 'measure', format: 'money', unit: currency },
    label: { list_amount: 'List', net_amount: 'Net', discount: 'Discount' }[id],
  })),
];

/** Every part of the difference as CSV or Excel; its columns of amounts add up to after less before. */
export const GET: RequestHandler = ({ url, locals: { scope } }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const format = url.searchParams.get('format') ?? 'csv';
    if (format !== 'csv' && format !== 'xlsx')
      throw new BadRequest('format', `"${format}" is no format of this file.`, ['csv', 'xlsx']);
    const { file } = await currentWarehouse();
    const pair = pairAsked(await keptBuilds(file, scope), url.searchParams);
    if (!pair) throw new BadRequest('from', 'No other build is kept to compare with.');
    const compared = await comparedBuilds(pair.before, pair.after, scope);
    const rows = await changeRows(compared, whichDeals(url.searchParams), scope);
    const answer = {
      columns: columnsIn(pair.after.currency),
      rows: rows.map((row) => ({ ...row, cause: causeInWords(row.cause) })),
      build_id: pair.after.build_id,
      n: rows.length,
      coverage: null,
    };
    const title = `What changed from build ${pair.before.build_id} to ${pair.after.build_id}`;
    const body =
      format === 'csv' ? toCsv(answer) : new Uint8Array(await toXlsx(answer, { title, request: url.href }));
    const headers = {
      ...plain,
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="changes.${format}"`,
    };
    return new Response(body, { headers });
  });
