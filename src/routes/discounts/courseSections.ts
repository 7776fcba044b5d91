import { alone, dealsHref, downloadDoors } from '$lib/asking/asking.ts';
import { drawing, drawnAhead, halfWide } from '$lib/charts/render.ts';
import { ahead } from '$lib/questions/ahead.ts';
import { toDate } from '$lib/questions/toDate.ts';
import { trend } from '$lib/questions/trend.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { aheadInWords, toDateInWords, trendInWords } from '$lib/statements/discountSections.ts';
import { explained, type Asked } from './asked.ts';

/** The rate from quarter to quarter. */
export async function trendSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const { quarters, answered } = await trend(warehouse, asking, scope);
  return {
    answer: trendInWords(quarters),
    drawing: drawnAhead(drawing('spendTrend', quarters, currency)),
    basis: basisOf(answered),
    explain: explained(asked, 'discount_rate', ['discount_rate', 'discount'], answered, {
      period: null,
      by: ['fiscal_quarter'],
    }),
    deals: dealsHref(asking, { period: 'all' }),
    any: quarters.length > 1,
    downloads: downloadDoors(
      { ...alone(asking), period: null },
      { measures: ['discount', 'discount_rate'], by: ['fiscal_quarter'] },
    ),
  };
}

/** The quarter under way against those before on the same working day; null where it sold nothing yet. */
export async function toDateSection({ warehouse, asking, scope, currency }: Asked) {
  const found = await toDate(warehouse, asking, scope);
  if (!found) return null;
  return {
    answer: toDateInWords(found, currency),
    drawing: drawnAhead(halfWide(drawing('toDate', found.points, currency))),
    deals: dealsHref(asking, { period: found.quarter }),
    downloads: downloadDoors(
      { ...alone(asking), period: found.quarter },
      { measures: ['discount'], by: ['closed_on'] },
    ),
  };
}

/** What open deals would give away; null where none has a price. */
export async function aheadSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const found = await ahead(warehouse, asking, scope);
  if (!found) return null;
  return {
    answer: aheadInWords(found, currency),
    drawing: drawnAhead(halfWide(drawing('ahead', found.rows, currency))),
    deals: dealsHref(asking, { is_closed: 'false', period: found.period }),
    // An address holds so many deals; of more, the deals with a request are found among all that are open.
    waiting:
      found.pending && found.pending.deals.length <= 200
        ? dealsHref(asking, { is_closed: 'false', period: 'all', deal_id: found.pending.deals })
        : null,
    downloads: downloadDoors(
      { ...alone(asking), period: found.period },
      { measures: ['pipeline_discount', 'pipeline_list', 'open_deals'], by: ['fiscal_month', 'stage'] },
    ),
    explain: explained(
      asked,
      'pipeline_discount',
      ['pipeline_discount', 'pipeline_list'],
      { n: found.deals, coverage: null, one: 'open deal' },
      { period: found.period },
    ),
  };
}
