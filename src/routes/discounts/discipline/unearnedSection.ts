import { alone, dealsHref, downloadDoors, narrowedTo, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count, date } from '$lib/design/formats.ts';
import { longEnough } from '$lib/questions/discipline/halves.ts';
import { unearned, type Unearned, type UnearnedUnit } from '$lib/questions/discipline/unearned.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/unearned.ts';
import type { Asked } from './asked.ts';

/** Of so many customers a picture shows the largest; those who stand are always there. */
const MOST_DOTS = 300;
/** An address holds so many customers. */
const MOST_IDS = 60;
const STEPS = 24;

/** The curve of each segment, and customers by what they buy in a year. */
function dots(found: Unearned, stated: ReadonlySet<UnearnedUnit>) {
  const curves = found.lines.flatMap(({ segment, line, from, to }) =>
    Array.from({ length: STEPS + 1 }, (_, step) => {
      const volume = from + ((to - from) * step) / STEPS;
      return {
        ...{ kind: 'expected', name: segment, segment, deals: null, stands: false },
        volume: 2 ** volume,
        rate: Math.max(0, line.level + line.slope * volume),
      };
    }),
  );
  const largest = found.units.toSorted((a, b) => b.list - a.list).slice(0, MOST_DOTS);
  const shown = new Set([...stated, ...largest]);
  return [
    ...curves,
    ...[...shown].map((unit) => ({
      ...{ kind: 'customer', name: unit.name, segment: unit.segment, rate: unit.rate, deals: unit.deals },
      volume: unit.listAYear,
      stands: stated.has(unit),
    })),
  ];
}

/** What customers get that their volume does not earn. */
export async function unearnedSection({ warehouse, asking, scope }: Asked) {
  const found = await unearned(warehouse, asking, scope);
  const { currency } = warehouse.build;
  const long = longEnough(asking);
  const deals = (customers: string[]) =>
    dealsHref(long, { period: long.period ?? 'all', account_id: customers, discount_kind: 'discretionary' });
  const links = ({ customers, unit }: UnearnedUnit) => ({
    href: `/customers/${encodeURIComponent(unit)}`,
    ...(customers.length <= MOST_IDS ? { links: { deals: deals(customers) } } : {}),
  });
  const decided =
    found.kind === 'discretionary' ? narrowedTo(long, 'discount_kind', ['discretionary']) : long;
  const request = requestOf(alone(decided), { measures: ['discount_rate', 'deals'], by: ['account_id'] });
  return {
    looked: words.unearnedLooked(found),
    shown: (stands: (id: string) => boolean) => {
      const stated = new Set(words.whoStands(found, stands));
      return {
        said: words.unearnedSaid(found, stands, currency),
        found:
          found.deals === 0
            ? null
            : {
                answer: words.unearnedInWords(found, stands, currency),
                note: words.unearnedNote(found, currency),
                basis: `${count(found.deals, 'deal')} of ${count(found.customers, 'customer')}, ${date(found.from!)} to ${date(found.to!)}`,
                drawing: found.range && drawing('volumeRates', dots(found, stated), currency),
                currency,
                columns: words.unearnedColumns,
                rows: words.unearnedRows(found, stands, links),
                deals: dealsHref(long, { period: long.period ?? 'all', discount_kind: 'discretionary' }),
                downloads: downloadDoors(decided, {
                  measures: ['discount', 'list_amount', 'discount_rate', 'deals'],
                  by: ['account_id', 'account_name'],
                }),
                explain: {
                  ...explanationOf(warehouse, 'discount_rate', request, scope, {
                    n: found.deals,
                    coverage: null,
                  }),
                  title: 'Discount not earned by volume',
                  source: 'Stephens 2017, Biostatistics 18, 275–294; Chetty, Friedman & Rockoff 2014',
                  notes: words.unearnedMethod(found),
                },
              },
      };
    },
  };
}
