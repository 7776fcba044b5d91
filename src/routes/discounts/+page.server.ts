import { alone, dealsHref, downloadDoors, readAsking, requestOf } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing, drawnAhead } from '$lib/charts/render.ts';
import { ahead } from '$lib/questions/ahead.ts';
import { bridgeBars, change } from '$lib/questions/change.ts';
import { differences } from '$lib/questions/differences.ts';
import { spendBy, standardSort } from '$lib/questions/spend.ts';
import { splitOf, splits, splitsKnown } from '$lib/questions/splits.ts';
import { toDate } from '$lib/questions/toDate.ts';
import { trend } from '$lib/questions/trend.ts';
import { waterfall } from '$lib/questions/waterfall.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { ledToPeople } from '$lib/records/teamLinks.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { differenceInWords, discountsHeadline } from '$lib/statements/discounts.ts';
import * as sections from '$lib/statements/discountSections.ts';
import { totalsOf } from '$lib/statements/totals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse);
    const periods = periodWords(asking);
    const split = splitOf(url.searchParams, 'by', asking);
    const bridgeSplit = splitOf(url.searchParams, 'bridge', asking);
    const offered = await splitsKnown(warehouse, locals.scope);
    // Each picture is drawn when its figures are there: the database works on the others meanwhile.
    const [totals, found, steps, spend, kinds, course, sofar, open, moved] = await Promise.all([
      totalsOf(warehouse, asking, locals.scope),
      differences(warehouse, asking, locals.scope),
      waterfall(warehouse, asking, locals.scope).then((steps) => ({
        ...steps,
        drawing: drawnAhead(drawing('waterfall', steps.bars, currency)),
      })),
      spendBy(warehouse, asking, split, locals.scope),
      spendBy(
        warehouse,
        asking,
        splits.find(({ id }) => id === 'discount_kind')!,
        locals.scope,
        'kinds',
      ),
      trend(warehouse, asking, locals.scope).then((course) => ({
        ...course,
        drawing: drawnAhead(drawing('spendTrend', course.quarters, currency)),
      })),
      toDate(warehouse, asking, locals.scope).then(
        (sofar) => sofar && { ...sofar, drawing: drawnAhead(drawing('toDate', sofar.points, currency)) },
      ),
      ahead(warehouse, asking, locals.scope).then(
        (open) => open && { ...open, drawing: drawnAhead(drawing('ahead', open.rows, currency)) },
      ),
      change(warehouse, asking, bridgeSplit, locals.scope).then(
        (moved) =>
          moved && {
            ...moved,
            inDollars: drawnAhead(
              drawing('dollarBridge', bridgeBars(moved.dollars, periods, moved.split), currency),
              true,
            ),
            inRates: drawnAhead(drawing('rateBridge', bridgeBars(moved.rates, periods, moved.split)), true),
          },
      ),
    ]);
    const about = (id: string, measures: string[], basis = steps.answered) =>
      explanationOf(warehouse, id, requestOf(alone(asking), { measures }), locals.scope, basis);
    const link = (parameter: string, value: string) => {
      const search = new URLSearchParams(url.searchParams);
      search.set(parameter, value);
      return `?${search}`;
    };
    const splitDoors = (parameter: string, now: string) =>
      offered.map(({ id, label }) => ({ label, href: link(parameter, id), current: id === now }));
    return {
      currency,
      headline: discountsHeadline(totals, periods, found, asking.filters.length > 0),
      standfirst: differenceInWords(found, totals, currency),
      nothing: totals.deals === 0,
      unpriced: totals.deals > 0 && totals.list === null,
      basis: basisOf(steps.answered),
      deals: dealsHref(asking),
      waterfall: {
        answer: sections.waterfallInWords(steps, currency),
        note: sections.waterfallNote(steps),
        drawing: steps.drawing,
        explain: about('discount', ['discount', 'list_amount', 'net_amount', 'uplift', 'unpriced_net']),
        downloads: downloadDoors(alone(asking), {
          measures: ['list_amount', 'discount', 'uplift', 'unpriced_net', 'net_amount', 'cost_amount'],
        }),
      },
      spend: {
        ...spend,
        rows: ledToPeople(spend.rows, split.id, url.searchParams),
        answered: null,
        answer: sections.spendInWords(spend, totals, currency),
        standardSort,
        doors: splitDoors('by', split.id),
        explain: about('discount', ['discount', 'list_amount', 'discount_rate', 'deals']),
      },
      kinds: {
        ...kinds,
        answered: null,
        answer: sections.kindsInWords(kinds, currency),
        explain: about('discount', ['discount']),
      },
      trend: {
        answer: sections.trendInWords(course.quarters),
        drawing: course.drawing,
        basis: basisOf(course.answered),
        explain: about('discount_rate', ['discount_rate', 'discount'], course.answered),
        any: course.quarters.length > 1,
        downloads: downloadDoors(
          { ...alone(asking), period: null },
          { measures: ['discount', 'discount_rate'], by: ['fiscal_quarter'] },
        ),
      },
      toDate: sofar && {
        answer: sections.toDateInWords(sofar, currency),
        drawing: sofar.drawing,
        deals: dealsHref(asking, { period: sofar.quarter }),
        downloads: downloadDoors(
          { ...alone(asking), period: sofar.quarter },
          { measures: ['discount'], by: ['closed_on'] },
        ),
      },
      ahead: open && {
        answer: sections.aheadInWords(open, currency),
        drawing: open.drawing,
        deals: dealsHref(asking, { is_closed: 'false', period: open.period }),
        downloads: downloadDoors(
          { ...alone(asking), period: open.period },
          { measures: ['pipeline_discount', 'pipeline_list', 'open_deals'], by: ['fiscal_month', 'stage'] },
        ),
        explain: about('pipeline_discount', ['pipeline_discount', 'pipeline_list'], open.answered),
      },
      bridge: moved && {
        answer: sections.bridgeInWords(moved, currency),
        dollars: moved.inDollars,
        rates: moved.inRates,
        groups: sections.bridgeGroups(moved),
        split: moved.split,
        doors: splitDoors('bridge', bridgeSplit.id),
        explain: about('discount_rate', ['discount', 'list_amount'], moved.answered),
        downloads: downloadDoors(asking, { measures: ['discount', 'list_amount'], by: [moved.split.id] }),
      },
      compared: asking.before !== null,
    };
  });
