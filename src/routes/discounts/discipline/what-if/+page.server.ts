import { readAsking } from '$lib/asking/asking.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { inPeriod } from '$lib/questions/discipline/inPeriod.ts';
import { policyAsked } from '$lib/questions/discipline/policyAsked.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { whatIfInWords } from '$lib/statements/discipline/policy.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { dealColumns, dealRows } from '../whatIfTable.ts';
import type { PageServerLoad } from './$types';
import { whatIfHref } from './whatIfHref.ts';

/** Deals that are listed; the largest come first. The files have all. */
const MOST_ROWS = 500;

/** All deals that today's limits concern, or that a change of them does. */
export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf('/discounts/discipline'));
    const [{ current, differs, rows, concerned }, quarters] = await Promise.all([
      policyAsked(warehouse, asking, url.searchParams, scope),
      inPeriod(warehouse, asking),
    ]);
    const all = count(concerned.length, 'deal');
    return {
      currency,
      any: current.length > 0,
      finding:
        current.length > 0 ? whatIfInWords(rows, quarters, differs, currency) : 'No approval limit is known.',
      question: differs
        ? 'For which deals does it change whether somebody is asked?'
        : 'Which deals need approval under today’s limits?',
      answer:
        concerned.length > MOST_ROWS
          ? `The largest ${MOST_ROWS} of ${all} are shown; the files have all.`
          : 'The largest discounts first.',
      basis: all,
      back: `/discounts/discipline?${url.searchParams}#policy`,
      columns: dealColumns(differs),
      rows: dealRows(concerned.slice(0, MOST_ROWS)),
      downloads: (['csv', 'xlsx'] as const).map((format) => ({
        label: { csv: 'CSV', xlsx: 'Excel' }[format],
        href: whatIfHref(asking, url.searchParams, format),
      })),
    };
  });
