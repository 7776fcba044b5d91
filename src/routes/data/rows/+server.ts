import { toCsv } from '$lib/download/csv.ts';
import { mediaTypes } from '$lib/download/file.ts';
import { leftOutAnswer } from '$lib/records/data/leftOut.ts';
import { readShown } from '$lib/records/data/shown.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../../api/answering.ts';
import { whichOf } from '../which.ts';
import type { RequestHandler } from './$types';

/** The rows that don't count as CSV, whatever they hold made harmless for a spreadsheet. */
export const GET: RequestHandler = ({ url, locals }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const which = whichOf(readShown(url.searchParams.get('show')));
    const rows = await leftOutAnswer(await currentWarehouse(), which, locals.scope);
    const headers = {
      ...plain,
      'content-type': mediaTypes.csv,
      'content-disposition': 'attachment; filename="rows-left-out.csv"',
    };
    return new Response(toCsv(rows), { headers });
  });
