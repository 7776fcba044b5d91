import { alone, dealsHref, downloadDoors, type Asking } from '$lib/asking/asking.ts';
import { drawing, drawnAhead } from '$lib/charts/render.ts';
import { count, pointsInterval } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { bands } from '$lib/questions/leadsTo/bands.ts';
import { lostDiscount, type LostCustomer } from '$lib/questions/leadsTo/lost.ts';
import { discountPath, type DiscountPath } from '$lib/questions/leadsTo/path.ts';
import { yearAfter, type Band, type BandOutcome } from '$lib/questions/leadsTo/yearAfter.ts';
import { accountHref, dealHref } from '$lib/records/links.ts';
import { lostBasis, lostInWords, pathInWords, pathNote, yearInWords } from '$lib/statements/leadsTo.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';
import { explained, type Asked } from './asked.ts';

const bandColumns = (served: boolean): Column[] => [
  { id: 'name', label: 'First discount' },
  { id: 'customers', label: 'Customers', unit: 'count', phone: 'figure' },
  { id: 'stayed', label: 'Stayed a year', unit: 'rate', phone: 'line' },
  { id: 'stayed_expected', label: 'elsewhere', unit: 'rate', phone: 'line', alone: 'Stayed elsewhere' },
  { id: 'stayed_interval', label: 'Difference, 95%', phone: 'line', alone: 'Difference in staying, 95%' },
  { id: 'recurring', label: 'Recurring, of the first', unit: 'rate', phone: 'line' },
  { id: 'recurring_expected', label: 'elsewhere', unit: 'rate', phone: 'line', alone: 'Recurring elsewhere' },
  {
    id: 'recurring_interval',
    label: 'Difference, 95%',
    phone: 'line',
    alone: 'Difference in recurring, 95%',
  },
  ...(served
    ? ([
        { id: 'service', label: 'Free services, of list', unit: 'rate', phone: 'line' },
        {
          id: 'service_interval',
          label: 'Difference, 95%',
          phone: 'line',
          alone: 'Difference in services, 95%',
        },
      ] satisfies Column[])
    : []),
];

const lostColumns: Column[] = [
  { id: 'name', label: 'Customer who left' },
  { id: 'deal', label: 'Last deal', phone: 'line' },
  { id: 'closed_on', label: 'Closed on', unit: 'date', phone: 'line' },
  { id: 'discount', label: 'Discount', unit: 'money', phone: 'figure' },
];

const intervalOf = (of: BandOutcome | null) =>
  of === null || of.difference.low === null || of.difference.high === null
    ? null
    : pointsInterval(of.difference.low, of.difference.high);

function bandRow({ band, customers, outcomes }: Band): Row {
  const { stayed, recurring, service } = outcomes;
  return {
    key: band,
    cells: {
      ...{ name: band, customers },
      ...{ stayed: stayed?.observed ?? null, stayed_expected: stayed && Math.min(1, stayed.expected) },
      ...{ stayed_interval: intervalOf(stayed), recurring: recurring?.observed ?? null },
      ...{ recurring_expected: recurring?.expected ?? null, recurring_interval: intervalOf(recurring) },
      ...{ service: service?.observed ?? null, service_interval: intervalOf(service) },
    },
    faint: customers < MINIMUM_DEALS,
  };
}

/** Deals of all time by what became of their customer a year after; discounts at plan rates, as the section says. */
const dealsAYearAfter = (
  asking: Asking,
  year_after: string | string[],
  further: Record<string, string> = {},
) => dealsHref({ ...asking, rates: 'plan' }, { period: 'all', year_after, ...further });

const lostRow = (one: LostCustomer, asking: Asking): Row => ({
  key: one.account_id,
  href: accountHref(one.account_id),
  links: {
    deal: dealHref(one.deal_id),
    discount: dealsAYearAfter(asking, 'left', { account_id: one.account_id }),
  },
  cells: {
    name: one.account_name,
    deal: one.deal_name,
    closed_on: one.closed_on,
    discount: one.discount,
  },
});

const pathRows = ({ points }: DiscountPath) =>
  points
    .filter(({ deals }) => deals >= MINIMUM_DEALS)
    .map(({ band, number, rate, deals }) => ({
      ...{ name: band, number, rate, deals, rank: bands.indexOf(band) },
    }));

/** What discounts lead to, of all time, for the page of discounts. */
export async function leadsToSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const [path, year, lost] = await Promise.all([
    discountPath(warehouse, asking, scope),
    yearAfter(warehouse, asking, scope),
    lostDiscount(warehouse, asking, scope),
  ]);
  const rows = pathRows(path);
  const ever = { ...alone(asking), period: null, span: null };
  const explain = {
    ...explained(
      asked,
      'lost_discount',
      ['settled_discount', 'lost_discount', 'lost_discount_share'],
      { n: lost.deals, coverage: null },
      { period: null },
    ),
    notes: [
      'All of time, whatever the period asked about: a path takes years, and a year after has to be over.',
      'Does one discount beget the next: each deal by what it was given beyond deals of the same segment, type, product family, size and quarter; changes from one deal to the next against the changes before, with the deal before these as the instrument, so that what a customer always gets falls out (Anderson & Hsiao 1981).',
      'A year after: customers whose first deal was sold as new, by the discount that someone decided on; beside each band what the same mix of customers did in the other bands. What recurs is told of the whole customer, renewals up to two months late counted as staying. Association: nobody drew lots for discounts.',
    ],
    source: 'Anderson & Hsiao 1981, Journal of the American Statistical Association 76, 598–606',
  };
  const customers = year.reduce((sum, band) => sum + band.customers, 0);
  return {
    path: {
      any: path.next.together.low !== null,
      // A line needs a second deal; first deals alone are no path.
      isDrawn: rows.some(({ number }) => number > 1),
      answer: pathInWords(path),
      note: pathNote(path),
      drawing: drawnAhead(drawing('discountPath', rows)),
      basis: count(path.deals, 'deal'),
      // More than are counted: those without a known list price are among them.
      doors: [{ label: 'all won deals', href: dealsHref(asking, { period: 'all' }) }],
      explain,
    },
    year: {
      any: year.some(({ outcomes }) => outcomes.stayed !== null),
      answer: yearInWords(year),
      columns: bandColumns(year.some(({ outcomes }) => outcomes.service !== null)),
      rows: year.map(bandRow),
      basis: count(customers, 'customer'),
    },
    lost: {
      any: lost.settled > 0,
      answer: lostInWords(lost, currency),
      basis: lostBasis(lost),
      columns: lostColumns,
      rows: lost.named.map((one) => lostRow(one, asking)),
      deals: dealsAYearAfter(asking, ['left', 'stayed']),
      doors: lost.lost > 0 ? [{ label: 'of those who left', href: dealsAYearAfter(asking, 'left') }] : [],
      more: lost.lostCustomers > lost.named.length ? lost.lostCustomers - lost.named.length : 0,
      downloads: downloadDoors(ever, {
        measures: ['settled_discount', 'lost_discount', 'lost_discount_share'],
        by: ['account_id', 'account_name'],
      }),
    },
  };
}
