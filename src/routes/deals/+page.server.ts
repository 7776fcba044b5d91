import { alone, downloadHref, readAsking, requestOf } from '$lib/asking/asking.ts';
import { count, rate } from '$lib/design/formats.ts';
import { dealList, listMeasures, readOrder, readPage } from '$lib/records/dealList.ts';
import { findingOf, standfirstOf } from '$lib/records/dealListWords.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { furtherFilters } from '$lib/records/furtherFilters.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { standardSort, taken } from './columns.ts';
import type { PageServerLoad } from './$types';

const files = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel'],
  ['parquet', 'Parquet'],
] as const;

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse);
    const sort = readOrder(url.searchParams.get('sort'), standardSort);
    const page = readPage(url.searchParams.get('page'));
    const list = await dealList(warehouse, asking, sort, page, locals.scope);
    const { currency } = warehouse.build;
    const known = list.coverage === null ? '' : ` · list known for ${rate(list.coverage, 0)} of net`;
    const request = requestOf(alone(asking), { measures: listMeasures });
    return {
      list,
      sort,
      currency,
      finding: findingOf(list, asking, currency),
      standfirst: standfirstOf(list, asking, currency),
      basis: count(list.count, 'deal') + known,
      further: await furtherFilters(warehouse, asking, url, locals.scope),
      explain: explanationOf(warehouse, 'discount', request, locals.scope, {
        n: list.count,
        coverage: list.coverage,
      }),
      downloads: files.map(([format, label]) => ({
        label: `${label}, all ${count(list.count, 'deal')}`,
        href: `${downloadHref(alone(asking), taken, format)}&sort=-discount`,
      })),
    };
  });
