import { days, money, period, rate } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { PersonFigures } from '$lib/questions/teams/personFigures.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';

const amount = (value: unknown) => (typeof value === 'number' ? value : null);
const written = <Value>(value: Value | null, write: (value: Value) => string) =>
  value === null ? null : write(value);

/** The plain figures, which no mix is taken out of; with what each one is not known for. */
export function figuresOf({ totals, attainment, quota, grossMargin }: PersonFigures, currency: string) {
  return [
    {
      label: 'Attainment',
      figure: written(attainment, (share) => rate(share, 0)),
      delta: quota === null ? undefined : `of ${money(quota, currency)} quota, quarters that are over`,
      reason: 'no quota is known',
    },
    {
      label: 'Average deal',
      figure: written(amount(totals.average_deal), (net) => money(net, currency)),
      delta: 'net of won deals',
      reason: 'nothing was won',
    },
    {
      label: 'Gross margin',
      figure: written(grossMargin, (share) => rate(share)),
      delta: 'of net with a known cost',
      reason: 'no unit cost is known',
    },
    {
      label: 'Discount rate',
      figure: written(amount(totals.discount_rate), (share) => rate(share)),
      delta: 'of list, all discounts',
      reason: 'no list price is known',
    },
    {
      label: 'Win rate',
      figure: written(amount(totals.win_rate), (share) => rate(share)),
      delta: 'won of won and lost',
      reason: 'not known',
    },
    {
      label: 'Median cycle',
      figure: written(amount(totals.cycle_days), (median) => days(median)),
      delta: 'of won deals; the typical cycle below is their geometric mean',
      reason: 'not known',
    },
  ];
}

const figures: Column[] = [
  { id: 'net_amount', label: 'Won', unit: 'money', phone: 'figure' },
  { id: 'deals', label: 'Deals', unit: 'count', phone: 'line' },
  { id: 'average_deal', label: 'Average', unit: 'money', phone: 'line' },
  { id: 'discount_rate', label: 'Discount', unit: 'rate', phone: 'line' },
  { id: 'win_rate', label: 'Win rate', unit: 'rate', phone: 'line' },
  { id: 'cycle_days', label: 'Median cycle', unit: 'days', phone: 'line' },
];

export const quarterColumns: Column[] = [
  { id: 'period', label: 'Quarter' },
  ...figures,
  { id: 'quota', label: 'Quota', unit: 'money', phone: 'line' },
  { id: 'attainment', label: 'Attainment', unit: 'rate', phone: 'line' },
];

/** A row a quarter, the latest first; below ten deals in grey. */
export const quarterRows = ({ quarters }: PersonFigures, href: (period: string) => string): Row[] =>
  quarters.toReversed().map((quarter) => ({
    key: quarter.period,
    href: href(quarter.period),
    faint: Number(quarter.figures.deals ?? 0) < MINIMUM_DEALS,
    cells: {
      ...(quarter.figures as Row['cells']),
      period: period(quarter.period),
      quota: quarter.quota,
      attainment: quarter.attainment,
    },
  }));

export const teamColumns: Column[] = [{ id: 'name', label: 'Rep' }, ...figures];

/** The reps at or below a manager, by name. */
export const teamRows = ({ team }: PersonFigures, manager: string, search: URLSearchParams): Row[] =>
  team
    .filter((row) => row.rep_id !== null)
    .map((row): Row => ({
      key: `${row.rep_id} ${row.manager_id}`,
      href: personHref('rep', String(row.rep_id), search),
      faint: Number(row.deals ?? 0) < MINIMUM_DEALS,
      cells: { ...(row as Row['cells']), name: String(row.rep_name ?? row.rep_id) },
      notes: row.manager_id === manager ? {} : { name: 'through another manager' },
    }))
    .toSorted((a, b) => String(a.cells.name).localeCompare(String(b.cells.name), 'en'));
