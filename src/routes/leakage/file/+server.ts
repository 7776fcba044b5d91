import { readAsking } from '$lib/asking/asking.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { toCsv } from '$lib/download/csv.ts';
import { mediaTypes } from '$lib/download/file.ts';
import { toXlsx } from '$lib/download/xlsx.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { listFile } from '$lib/questions/leakage/listFile.ts';
import { readCause, readListOrder } from '$lib/questions/leakage/list.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../../api/answering.ts';
import type { RequestHandler } from './$types';

/** Every difference that the page's list holds, as CSV or Excel; text of the exports is made harmless in either. */
export const GET: RequestHandler = ({ url, locals: { scope } }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const search = new URLSearchParams(url.searchParams);
    const format = search.get('format') ?? 'csv';
    if (format !== 'csv' && format !== 'xlsx')
      throw new BadRequest('format', `"${format}" is no format of this file.`, ['csv', 'xlsx']);
    const warehouse = await currentWarehouse();
    const asking = await readAsking(search, warehouse, standardPeriodOf('/leakage'));
    const which = { cause: readCause(search.get('show')), order: readListOrder(search.get('sort')) };
    const rows = await listFile(warehouse, asking, which, scope);
    const about = { title: 'What was sold and not billed as agreed', request: url.href };
    const body = format === 'csv' ? toCsv(rows) : new Uint8Array(await toXlsx(rows, about));
    const headers = {
      ...plain,
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="to-bill.${format}"`,
    };
    return new Response(body, { headers });
  });
