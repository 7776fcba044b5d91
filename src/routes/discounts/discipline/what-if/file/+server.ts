import { readAsking } from '$lib/asking/asking.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { whatIfFile } from '$lib/questions/discipline/whatIfFile.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering } from '../../../../api/answering.ts';
import { fileOf } from '../../../../api/fileOf.ts';
import type { RequestHandler } from './$types';

/** Every deal that the limits of the address concern. */
export const GET: RequestHandler = ({ url, locals: { scope } }) =>
  answering(async () => {
    const search = new URLSearchParams(url.searchParams);
    search.delete('format');
    return fileOf(url, { name: 'what-if', title: 'Deals that approval limits concern' }, async () => {
      const warehouse = await currentWarehouse();
      const asking = await readAsking(search, warehouse, standardPeriodOf('/discounts/discipline'));
      return whatIfFile(warehouse, asking, search, scope);
    });
  });
