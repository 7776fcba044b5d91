import { alone, dealsHref, downloadDoors, narrowedTo, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { LAST_DAYS, quarterEnd, type EndDay } from '$lib/questions/discipline/quarterEnd.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/quarterEnd.ts';
import type { Asked } from './asked.ts';

/** Business days that stand in one bar. */
const SPAN = 5;

/** Days put together in spans of five, the earliest first; the quarter's longest are cut short at its start. */
function spansOf(days: readonly EndDay[]) {
  const spans = new Map<number, { list: number; discount: number; net: number; deals: number }>();
  for (const { left, own_list, own_discount, net, deals } of days) {
    const at = Math.min(12, Math.floor(left / SPAN));
    const span = spans.get(at) ?? { list: 0, discount: 0, net: 0, deals: 0 };
    span.list += own_list;
    span.discount += own_discount;
    span.net += net;
    span.deals += deals;
    spans.set(at, span);
  }
  return [...spans]
    .toSorted(([a], [b]) => b - a)
    .map(([at, { list, discount, net, deals }]) => ({
      span: at === 12 ? '60+' : `${at * SPAN + SPAN - 1}–${at * SPAN}`,
      rate: list > 0 ? discount / list : null,
      ...{ net, deals, is_late: at * SPAN < LAST_DAYS },
    }));
}

/** Whether quarters end in a rush, and what it costs. */
export async function quarterEndSection({ warehouse, asking, scope }: Asked) {
  const found = await quarterEnd(warehouse, asking, scope);
  const { currency } = warehouse.build;
  const decided = narrowedTo(asking, 'discount_kind', ['discretionary', 'unknown']);
  const request = requestOf(alone(decided), {
    measures: ['discount_rate', 'net_amount', 'deals'],
    by: ['quarter_part'],
  });
  return {
    looked: found ? words.quarterEndLooked(found) : [],
    shown: (stands: (id: string) => boolean) => ({
      said: found ? words.quarterEndSaid(found, stands, currency) : [],
      found: found && {
        answer: words.quarterEndInWords(found, stands),
        note: words.quarterEndNote(found, stands, currency),
        basis: `${count(found.deals, 'deal')}, ${count(found.lateDeals)} of them late in ${count(found.quarters, 'quarter')}`,
        drawing: drawing('quarterEnd', spansOf(found.days), currency),
        deals: dealsHref(asking, { quarter_part: 'late' }),
        downloads: downloadDoors(alone(decided), {
          measures: ['net_amount', 'deals', 'discount_rate'],
          by: ['fiscal_quarter', 'quarter_part'],
        }),
        explain: {
          ...explanationOf(warehouse, 'discount_rate', request, scope, { n: found.deals, coverage: null }),
          source:
            'Larkin 2014, “The Cost of High-Powered Incentives”, Journal of Labor Economics 32(2), 199–227, for what it cost elsewhere',
          notes: [
            'Expected: the ten days’ part of each quarter’s business days, weighted by what the quarter booked; holidays from the configuration.',
            `The gap is that of deals of the same rep, segment, deal type, product family, size and quarter, each deal counting once; errors by ${found.clusteredBy} (Bell & McCaffrey 2002).`,
            'Discretionary discounts, and those of unknown kind; programmes are beside the picture. Association: who waits for the quarter’s end may be who bargains.',
          ],
        },
      },
    }),
  };
}
