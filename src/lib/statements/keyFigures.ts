import { requestOf, type Asking } from '../asking/asking.ts';
import { periodWords } from '../asking/periodWords.ts';
import {
  count,
  decimal,
  money,
  moneyShort,
  period,
  points,
  pointsInterval,
  rate,
} from '../design/formats.ts';
import { answer } from '../metrics/answer.ts';
import { changeId } from '../metrics/compile.ts';
import type { Scope } from '../metrics/request.ts';
import { addDays } from '../metrics/span.ts';
import { builtFigures, type BuiltFigure } from '../questions/builtFigures.ts';
import { tieOut } from '../questions/leakage/tieOut.ts';
import { asFarAs } from '../questions/ownership/fitting.ts';
import type { TrendQuarter } from '../questions/trend.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface KeyFigure {
  label: string;
  /** Null where it is not known; `reason` then says why. */
  figure: string | null;
  /** Stands small beside the figure. */
  margin?: string;
  delta: string;
  reason?: string;
  href: string;
  /** Which part of the trend its line draws; null where it is none of the trend's. */
  course: ((quarter: TrendQuarter) => number | null) | null;
}

const names = ['recoverable', 'forecast_skill', 'account_days_with_one_owner', 'coaching_effect'];

/** The few figures a CFO reads first, each with what it is held against, and each leading to its page. */
export async function keyFigures(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<KeyFigure[]> {
  const [spent, billed, built] = await Promise.all([
    discountSpend(warehouse, asking, scope),
    soldNotBilled(warehouse, asking, scope),
    builtFigures(warehouse, names, scope),
  ]);
  const whole = asking.filters.length > 0 ? ', whole company' : '';
  const of = (name: string) => ofQuarter(built.get(name) ?? [], asking.period);
  return [
    spent,
    billed,
    recoverable(warehouse, of('recoverable'), whole),
    skill(of('forecast_skill'), whole),
    clarity(of('account_days_with_one_owner'), whole),
    coaching(of('coaching_effect'), whole),
  ];
}

/** A figure as of the quarter asked for, or the last that is over, with the one before it. */
interface InTime {
  now: BuiltFigure | undefined;
  before: BuiltFigure | undefined;
}

function ofQuarter(figures: readonly BuiltFigure[], asked: string | null): InTime {
  const at = Math.max(
    0,
    figures.findIndex(({ quarter }) => quarter === asked),
  );
  return { now: figures[at], before: figures[at + 1] };
}

/** `+0.05 on Q2 FY26`, or which quarter it is of. */
function since({ now, before }: InTime, write: (change: number) => string): string {
  if (now?.value == null) return '';
  if (before?.value == null) return `as of ${period(now.quarter)}`;
  return `${write(now.value - before.value)} on ${period(before.quarter)}`;
}

async function discountSpend(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<KeyFigure> {
  const { currency } = warehouse.build;
  const measures = ['discount', 'discount_rate'];
  const { totals } = await answer(warehouse, requestOf(asking, { measures }), scope);
  const { before } = periodWords(asking);
  const value = (id: string) => (typeof totals[id] === 'number' ? totals[id] : null);
  const change = value(changeId('discount'));
  const share = value('discount_rate');
  const ofList = share === null ? 'off list' : `${rate(share)} of list`;
  const spent = value('discount');
  return {
    label: 'Discount spend',
    figure: spent === null ? null : money(spent, currency),
    delta:
      before === null || change === null
        ? ofList
        : `${money(change, currency, { signed: true })} on ${before} · ${ofList}`,
    reason: 'no list price is known',
    href: `/discounts${asking.search.size > 0 ? `?${asking.search}` : ''}#spend`,
    course: ({ discount }) => discount,
  };
}

/** What was billed less than sold, beside what ties out. */
async function soldNotBilled(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<KeyFigure> {
  const { currency } = warehouse.build;
  const { asking: known, ignored } = asFarAs(asking, 'billing_match');
  const found = await tieOut(warehouse, known, scope);
  const narrowed = ignored.length > 0 ? `, any ${ignored.join(', ')}` : '';
  return {
    label: 'Billed less than sold',
    figure: found === null ? null : money(found.less, currency),
    delta:
      found === null
        ? ''
        : `matched ${moneyShort(found.matched, currency)} of ${moneyShort(found.due, currency)} due${narrowed}`,
    reason: 'no bills are loaded for this',
    href: `/leakage${known.search.size > 0 ? `?${known.search}` : ''}`,
    course: null,
  };
}

/** From nothing lost to the most that the scenarios lose: never one figure alone. */
function recoverable(warehouse: Warehouse, { now }: InTime, whole: string): KeyFigure {
  const { currency } = warehouse.build;
  // The page tells of any time it is asked about; it is asked about what the build was.
  const quarter = warehouse.periods.find(({ kind, period }) => kind === 'quarter' && period === now?.quarter);
  const asked = quarter ? `?period=..${addDays(quarter.ends_on, -1)}` : '';
  const isRange = now !== undefined && now.low !== null && now.high !== null;
  const found = isRange && now.value !== null && now.value > 0;
  const most = isRange ? moneyShort(now.high, currency) : '';
  const least = isRange ? moneyShort(now.low, currency) : '';
  const untold = !isRange
    ? 'too few won deals to tell what lasts'
    : now.value === null
      ? `the data leave room for up to ${most} a year${whole}`
      : `nothing lasts that is worth a point of list${whole}`;
  return {
    label: 'Recoverable',
    figure: found ? `up to ${most}` : isRange ? (now.value === null ? 'cannot tell' : 'none found') : null,
    delta: found
      ? `a year as of ${period(now.quarter)}, down to ${least} by how many deals a higher price would lose${whole}`
      : untold,
    reason: untold,
    href: `/discounts/discipline${asked}#recoverable`,
    course: null,
  };
}

function skill(figure: InTime, whole: string): KeyFigure {
  const { now } = figure;
  const interval =
    now?.low == null || now.high == null ? undefined : `${decimal(now.low)} to ${decimal(now.high)}`;
  return {
    label: 'Forecast skill, 4 weeks out',
    figure: now?.value == null ? null : decimal(now.value),
    margin: interval,
    delta: `${since(figure, (change) => `${change > 0 ? '+' : ''}${decimal(change)}`)} · 0 is guessing${whole}`,
    reason: 'fewer than three quarters have a forecast',
    href: '/forecast',
    course: null,
  };
}

function clarity(figure: InTime, whole: string): KeyFigure {
  const { now } = figure;
  return {
    label: 'Customers with one owner',
    figure: now?.value == null ? null : rate(now.value),
    delta: `of days, ${since(figure, (change) => points(change))}${whole}`,
    reason: 'no export says who owns a customer',
    href: '/ownership',
    course: null,
  };
}

function coaching({ now }: InTime, whole: string): KeyFigure {
  const known = now?.value != null && now.low !== null && now.high !== null;
  const includesZero = known && now.low! <= 0 && now.high! >= 0;
  const interval = known ? `95% interval ${pointsInterval(now.low!, now.high!)}` : '';
  return {
    label: 'Effect of coaching on discount',
    figure: known ? points(now.value) : null,
    delta: known
      ? `${includesZero ? 'cannot tell it from none: ' : ''}${interval}, ${count(now.n, 'rep')}${whole}`
      : '',
    reason: 'no coaching that can be compared is loaded',
    href: '/coaching',
    course: null,
  };
}
