import { toCsv } from '$lib/download/csv.ts';
import { mediaTypes } from '$lib/download/file.ts';
import { toXlsx } from '$lib/download/xlsx.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { leftOutAnswer } from '$lib/records/data/leftOut.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../../api/answering.ts';
import { whichOf } from '../which.ts';
import type { RequestHandler } from './$types';

/** The rows that don't count as CSV or Excel, whatever they hold made harmless for a spreadsheet. */
export const GET: RequestHandler = ({ url, locals }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const format = url.searchParams.get('format') ?? 'csv';
    if (format !== 'csv' && format !== 'xlsx')
      throw new BadRequest('format', `"${format}" is no format of this file.`, ['csv', 'xlsx']);
    const rows = await leftOutAnswer(await currentWarehouse(), whichOf(url.searchParams), locals.scope);
    const about = { title: 'Rows that don’t count', request: url.href };
    const body = format === 'csv' ? toCsv(rows) : new Uint8Array(await toXlsx(rows, about));
    const headers = {
      ...plain,
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="rows-left-out.${format}"`,
    };
    return new Response(body, { headers });
  });
