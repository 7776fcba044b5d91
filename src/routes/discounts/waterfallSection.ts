import { alone, dealsHref, downloadDoors } from '$lib/asking/asking.ts';
import { drawing, drawnAhead } from '$lib/charts/render.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { waterfall } from '$lib/questions/waterfall.ts';
import { basisOf, hasBills } from '$lib/questions/waterfall/basis.ts';
import { requestsOfBars } from '$lib/questions/waterfall/requestsOfBars.ts';
import { rowsOfBar } from '$lib/questions/waterfall/rowsOfBar.ts';
import { explanationOfParts } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/waterfall.ts';
import { linkTo, type Asked } from './asked.ts';

const measures = {
  booked: [
    ...['list_amount', 'discount', 'uplift', 'unpriced_net', 'net_amount', 'cost_amount', 'gross_margin'],
  ],
  billed: ['billed_priced_list', 'billed_below_list', 'billed_uplift', 'billed_unpriced', 'billed_net'],
};

/** From list to pocket margin, as booked or as billed; what is missing where bills say nothing of a filter. */
export async function waterfallSection(asked: Asked) {
  const { warehouse, asking, scope, currency, search } = asked;
  const basis = basisOf(search);
  const isBilled = await hasBills(warehouse);
  const bases = isBilled
    ? [
        { label: 'bookings', href: linkTo(asked, 'basis', null), current: basis === 'booked' },
        { label: 'bills', href: linkTo(asked, 'basis', 'billed'), current: basis === 'billed' },
      ]
    : [];
  if (basis === 'billed' && !isBilled)
    return {
      bases,
      missing: {
        what: 'No bill is loaded.',
        unlocks: 'Bills and their lines show what is left of list as billed.',
      },
    };
  try {
    const steps = await waterfall(warehouse, asking, scope, basis);
    return {
      bases,
      missing: null,
      answer: words.waterfallInWords(steps, currency),
      note: words.waterfallNote(steps),
      basis: words.waterfallBasis(steps),
      // Bills open by their own bars.
      deals: basis === 'booked' ? dealsHref(asking) : undefined,
      drawing: drawnAhead(drawing('waterfall', steps.bars, currency)),
      table: words.waterfallTable(steps, (bar) => rowsOfBar(bar, basis, asking)),
      explain: explanationOfParts(warehouse, requestsOfBars(steps, asking), scope, {
        ...steps.counted,
        coverage: steps.listCoverage,
      }),
      downloads: downloadDoors(alone(asking), { measures: measures[basis] }),
    };
  } catch (error) {
    // Bills are not known by all that deals are.
    if (!(error instanceof BadRequest) || basis === 'booked') throw error;
    return {
      bases,
      missing: {
        what: 'Bills say nothing of what is filtered for.',
        unlocks: 'By bookings, or without the filter, it can be told.',
      },
    };
  }
}
