import { alone, dealsHref, downloadDoors, narrowedTo, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count, date, rate } from '$lib/design/formats.ts';
import { minimumEffectOf } from '$lib/questions/coaching/effects.ts';
import { longEnough } from '$lib/questions/discipline/halves.ts';
import type { LastingUnit } from '$lib/questions/discipline/lastingExcess.ts';
import { recoverable } from '$lib/questions/discipline/recoverable.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/recoverable.ts';
import type { Asked } from './asked.ts';

/** An address holds so many customers. */
const MOST_IDS = 60;

/** What could be kept of what is given beyond comparable deals. */
export async function recoverableSection({ warehouse, asking, scope, url }: Asked) {
  const found = await recoverable(warehouse, asking, scope);
  const { currency } = warehouse.build;
  const { choice, excess } = found;
  const long = longEnough(asking);
  const discretionary = { period: long.period ?? 'all', discount_kind: 'discretionary' };
  const links = ({ kind, unit, customers }: LastingUnit) => {
    if (kind === 'rep')
      return {
        href: `/teams/reps/${encodeURIComponent(unit)}`,
        links: { deals: dealsHref(long, { ...discretionary, rep_id: unit }) },
      };
    const href = `/customers/${encodeURIComponent(unit)}`;
    if (customers.length > MOST_IDS) return { href };
    return { href, links: { deals: dealsHref(long, { ...discretionary, account_id: customers }) } };
  };
  const decided =
    excess.kind === 'discretionary' ? narrowedTo(long, 'discount_kind', ['discretionary']) : long;
  const request = requestOf(alone(decided), { measures: ['discount_rate', 'deals'], by: ['rep_id'] });
  return {
    looked: words.recoverableLooked(found),
    shown: (stands: (id: string) => boolean) => ({
      said: words.recoverableSaid(found, stands, currency),
      form: {
        percentile: choice.percentile,
        lost: choice.lost.map((share) => Number((100 * share).toFixed(2))),
        kept: [...url.searchParams].filter(([name]) => name !== 'percentile' && name !== 'lost'),
      },
      found:
        found.n === 0
          ? null
          : {
              answer: words.recoverableInWords(found, stands, currency),
              note: words.recoverableNote(found, currency),
              regions: words.recoverableStands(found, stands) ? words.regionsInWords(found, currency) : '',
              basis: `${count(found.n, 'deal')}, ${count(excess.units.length, 'rep or customer', 'reps and customers')}, ${date(excess.from!)} to ${date(excess.to!)}`,
              drawing:
                found.scenarios.length > 0
                  ? drawing(
                      'lossScenarios',
                      found.scenarios.map(({ lost, worth, low, high }) => ({
                        scenario: lost === 0 ? 'no deal is lost' : `${rate(lost, 0)} of those deals lost`,
                        ...{ worth, low, high, found: words.recoverableStands(found, stands) },
                      })),
                      currency,
                    )
                  : null,
              currency,
              columns: words.recoverableColumns,
              rows: words.recoverableRows(found, stands, links),
              deals: dealsHref(long, discretionary),
              downloads: downloadDoors(decided, {
                measures: ['discount', 'list_amount', 'discount_rate', 'deals'],
                by: ['rep_id', 'rep_name'],
              }),
              explain: {
                ...explanationOf(warehouse, 'discount_rate', request, scope, { n: found.n, coverage: null }),
                title: 'Recoverable discount',
                source: 'Stephens 2017, Biostatistics 18, 275–294; Chetty, Friedman & Rockoff 2014',
                notes: words.recoverableMethod(found, minimumEffectOf(warehouse, 'discount_rate')),
              },
            },
    }),
  };
}
