import { alone, readAsking } from '$lib/asking/asking.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { inPeriod } from '$lib/questions/discipline/inPeriod.ts';
import { policyAsked } from '$lib/questions/discipline/policyAsked.ts';
import { readPage } from '$lib/records/dealList.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { notPricedInWords, whatIfInWords } from '$lib/statements/discipline/policy.ts';
import { totalsOf } from '$lib/statements/totals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { dealColumns, dealRows } from '../whatIfTable.ts';
import type { PageServerLoad } from './$types';
import { whatIfHref } from './whatIfHref.ts';

/** Deals on one page of the list. */
const SIZE = 50;

/** All deals that today's limits concern, or that a change of them does. */
export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf('/discounts/discipline'));
    const [{ current, differs, rows, concerned }, quarters, { list }] = await Promise.all([
      policyAsked(warehouse, asking, url.searchParams, scope),
      inPeriod(warehouse, asking),
      totalsOf(warehouse, alone(asking), scope),
    ]);
    const any = current.length > 0;
    const told = any && list !== null;
    const total = concerned.length;
    const pages = Math.max(1, Math.ceil(total / SIZE));
    const page = Math.min(readPage(url.searchParams.get('page')), pages);
    const back = new URLSearchParams(url.searchParams);
    back.delete('page');
    return {
      currency,
      nothing: told
        ? 'The limits concern no deal of what is asked about.'
        : 'There is nothing that can be told.',
      finding: !any
        ? 'No approval limit is known.'
        : !told
          ? notPricedInWords
          : whatIfInWords(rows, quarters, differs, currency),
      question: differs
        ? 'For which deals does it change whether somebody is asked?'
        : 'Which deals need approval under today’s limits?',
      answer: 'The largest discounts first.',
      basis: count(total, 'deal'),
      back: `/discounts/discipline?${back}#policy`,
      columns: dealColumns(differs),
      rows: dealRows(concerned.slice((page - 1) * SIZE, page * SIZE)),
      list: { page, pages, size: SIZE, total },
      downloads: (['csv', 'xlsx'] as const).map((format) => ({
        label: { csv: 'CSV', xlsx: 'Excel' }[format],
        href: whatIfHref(asking, url.searchParams, format),
      })),
    };
  });
