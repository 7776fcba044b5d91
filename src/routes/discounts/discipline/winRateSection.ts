import { alone, dealsHref, downloadDoors, narrowedTo, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count, moneyShort } from '$lib/design/formats.ts';
import { winRate, type WinRateGroup } from '$lib/questions/discipline/winRate.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/winRate.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';
import type { Asked } from './asked.ts';

/** How wins go with the discount last offered. */
export async function winRateSection({ warehouse, asking, scope }: Asked) {
  const found = await winRate(warehouse, asking, scope);
  const { currency } = warehouse.build;
  const name = ({ id, name: own }: WinRateGroup) => {
    if (!id.startsWith('size/')) return own;
    const from = 10 ** Number(own);
    return `${moneyShort(from, currency)} to ${moneyShort(10 * from, currency)} of list`;
  };
  const narrower = { is_closed: 'true', discount_kind: 'discretionary' };
  const decided =
    found.kind === 'discretionary' ? narrowedTo(asking, 'discount_kind', ['discretionary']) : asking;
  const question = { measures: ['win_rate', 'won_deals', 'lost_deals'], by: ['segment'] };
  return {
    looked: words.winRateLooked(found),
    shown: (stands: (id: string) => boolean) => ({
      said: words.winRateSaid(found, stands),
      /** Deals that were lost have no price: nothing to compare with. */
      noneLost: found.all.deals > 0 && found.all.won === found.all.deals,
      found:
        found.all.deals === 0 || found.all.won === found.all.deals
          ? null
          : {
              answer: words.winRateInWords(found, stands),
              note: words.winRateNote(found),
              basis: `${count(found.all.deals, 'closed deal')}, ${count(found.all.won)} won`,
              drawing: drawing(
                'winsByDiscount',
                found.bins.map(({ from, to, interval, mix, deals, rate }) => ({
                  discount: to === null ? `${from} or more` : `${from}–${to}`,
                  ...{ rate, low: interval.low, high: interval.high, mix, deals },
                  few: deals < MINIMUM_DEALS,
                })),
              ),
              columns: words.winRateColumns,
              rows: words.winRateRows(found, stands, name),
              deals: dealsHref(asking, narrower),
              downloads: downloadDoors(alone(decided), question),
              explain: {
                ...explanationOf(warehouse, 'win_rate', requestOf(alone(decided), question), scope, {
                  n: found.all.deals,
                  coverage: null,
                }),
                title: 'Win rate against discount',
                source: 'Mantel 1963, JASA 58, 690–700; Nagle & Müller 2018 for the break-even',
                notes: words.winRateMethod,
              },
            },
    }),
  };
}
