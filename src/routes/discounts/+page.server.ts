import { dealsHref, readAsking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { differences } from '$lib/questions/differences.ts';
import { orUntold } from '$lib/questions/motions/orUntold.ts';
import { splitsKnown } from '$lib/questions/splits.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { differenceInWords, discountsHeadline, leftOutInWords } from '$lib/statements/discounts.ts';
import { totalsOf } from '$lib/statements/totals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { PageServerLoad } from './$types';
import type { Asked } from './asked.ts';
import { budgetSection } from './budgetSection.ts';
import { changeSection } from './changeSection.ts';
import { concentrationSection } from './concentrationSection.ts';
import { aheadSection, toDateSection, trendSection } from './courseSections.ts';
import { leadsToSection } from './leadsToSection.ts';
import { leverageSection, loadedSection } from './profitSections.ts';
import { kindsSection, spendSection } from './spendSections.ts';
import { waterfallSection } from './waterfallSection.ts';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const { scope } = locals;
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse);
    const periods = periodWords(asking);
    const offered = await splitsKnown(warehouse, scope);
    const asked: Asked = {
      ...{ warehouse, asking, scope, currency, offered },
      search: url.searchParams,
      totals: totalsOf(warehouse, asking, scope),
    };
    // Each picture is drawn when its figures are there: the database works on the others meanwhile.
    const said = Promise.all([asked.totals, differences(warehouse, asking, scope)]);
    const [waterfall, spend, kinds, leverage, loaded, further] = await Promise.all([
      waterfallSection(asked),
      spendSection(asked),
      kindsSection(asked),
      leverageSection(asked),
      loadedSection(asked),
      later(locals, () => furtherDown(asked)),
    ]);
    const [totals, found] = await said;
    return {
      currency,
      headline: discountsHeadline(totals, periods, found, asking.filters.length > 0),
      standfirst: [leftOutInWords(totals), differenceInWords(found, totals, currency)]
        .filter(Boolean)
        .join(' '),
      nothing: totals.deals === 0,
      unpriced: totals.deals > 0 && totals.list === null,
      deals: dealsHref(asking),
      compared: asking.before !== null,
      ...{ waterfall, spend, kinds, leverage, loaded, further },
    };
  });

/** What comes after the first screens: what is resampled, and what moved over time. */
async function furtherDown(asked: Asked) {
  const [concentration, leadsTo, bridge, trend, toDate, ahead, budget] = await Promise.all([
    concentrationSection(asked),
    orUntold(leadsToSection(asked)),
    changeSection(asked),
    trendSection(asked),
    toDateSection(asked),
    aheadSection(asked),
    budgetSection(asked),
  ]);
  return { concentration, leadsTo, bridge, trend, toDate, ahead, budget };
}
