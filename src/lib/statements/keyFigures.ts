import { dealsHref, requestOf, type Asking } from '../asking/asking.ts';
import { periodWords } from '../asking/periodWords.ts';
import { count, money, points, rate } from '../design/formats.ts';
import { answer } from '../metrics/answer.ts';
import { changeId } from '../metrics/compile.ts';
import type { Scope } from '../metrics/request.ts';
import type { TrendQuarter } from '../questions/trend.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface KeyFigure {
  label: string;
  /** Null where it is not known; `reason` then says why. */
  figure: string | null;
  delta: string;
  reason?: string;
  href: string;
  /** Which part of the trend its line draws. */
  course: (quarter: TrendQuarter) => number | null;
}

const measures = ['discount', 'discount_rate', 'net_amount', 'win_rate', 'deals'];
const nothingToDraw = () => null;

/** The few figures a CFO reads first, each with its change since the period compared with. */
export async function keyFigures(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<KeyFigure[]> {
  const { currency } = warehouse.build;
  const { totals } = await answer(warehouse, requestOf(asking, { measures }), scope);
  const { before } = periodWords(asking);
  const value = (id: string) => (typeof totals[id] === 'number' ? totals[id] : null);
  const since = (id: string, write: (change: number) => string, alone: string) => {
    const change = value(changeId(id));
    return before === null || change === null ? alone : `${write(change)} on ${before}`;
  };
  const inMoney = (change: number) => money(change, currency, { signed: true });
  const inPoints = (change: number) => points(change);
  const written = (id: string, write: (amount: number) => string) => {
    const amount = value(id);
    return amount === null ? null : write(amount);
  };
  const deals = dealsHref(asking);
  const page = (hash: string) => `/discounts${asking.search.size > 0 ? `?${asking.search}` : ''}#${hash}`;
  const unpriced = 'no list price is known';
  return [
    {
      label: 'Discount spend',
      figure: written('discount', (amount) => money(amount, currency)),
      delta: since('discount', inMoney, 'off list, won deals'),
      reason: unpriced,
      href: page('spend'),
      course: ({ discount }) => discount,
    },
    {
      label: 'Discount rate',
      figure: written('discount_rate', (share) => rate(share)),
      delta: since('discount_rate', inPoints, 'of list'),
      reason: unpriced,
      href: page('trend'),
      course: ({ discount_rate: share }) => share,
    },
    {
      label: 'Booked',
      figure: written('net_amount', (amount) => money(amount, currency)),
      delta: since('net_amount', inMoney, 'net, before tax'),
      reason: 'nothing was won',
      href: deals,
      course: nothingToDraw,
    },
    {
      label: 'Deals won',
      figure: written('deals', (number) => count(number)),
      delta: since('deals', (change) => count(change).replace(/^(?=\d)/, '+'), 'closed and won'),
      href: deals,
      course: nothingToDraw,
    },
    {
      label: 'Win rate',
      figure: written('win_rate', (share) => rate(share)),
      delta: since('win_rate', inPoints, 'won of won and lost'),
      reason: 'no deal closed',
      href: dealsHref(asking, { is_closed: 'true' }),
      course: nothingToDraw,
    },
  ];
}
