import { readAsking } from '$lib/asking/asking.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { listFile } from '$lib/questions/leakage/listFile.ts';
import { readCause, readListOrder } from '$lib/questions/leakage/list.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering } from '../../api/answering.ts';
import { fileOf } from '../../api/fileOf.ts';
import type { RequestHandler } from './$types';

/** Every difference that the page's list holds. */
export const GET: RequestHandler = ({ url, locals: { scope } }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const search = new URLSearchParams(url.searchParams);
    return fileOf(url, { name: 'to-bill', title: 'What was sold and not billed as agreed' }, async () => {
      const warehouse = await currentWarehouse();
      const asking = await readAsking(search, warehouse, standardPeriodOf('/leakage'));
      const which = { cause: readCause(search.get('show')), order: readListOrder(search.get('sort')) };
      return listFile(warehouse, asking, which, scope);
    });
  });
