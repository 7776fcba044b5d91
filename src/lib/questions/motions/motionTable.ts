import { alone, dealsHref, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer, type Answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { wholeQuarters } from './horizons.ts';
import { numberIn } from './retention.ts';

export const motionNames = ['land', 'expand', 'renew', 'new'] as const;

export interface Growth {
  /** Against the quarter before, the four quarters before, and yearly over three years; null where not known. */
  quarter: number | null;
  year: number | null;
  threeYears: number | null;
}

export interface Motion {
  motion: string;
  net: number;
  share: number;
  deals: number;
  discountRate: number | null;
  cycle: number | null;
  growth: Growth;
}

export interface Motions {
  motions: Motion[];
  net: number;
  answered: Answer;
  /** Net of each motion in each whole quarter, for the picture: three years. */
  course: { motion: string; period: string; net: number }[];
  columns: Column[];
  rows: Row[];
}

const columns: Column[] = [
  { id: 'name', label: 'Motion', sortable: false },
  { id: 'net', label: 'Net', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, sortable: false, phone: 'line' },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'line' },
  { id: 'discountRate', label: 'Discount', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'cycle', label: 'Cycle', unit: 'days', sortable: false, phone: 'line' },
  { id: 'quarter', label: 'Growth, quarter', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'year', label: 'Growth, year', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'threeYears', label: 'Three years, yearly', unit: 'rate', sortable: false, phone: 'line' },
];

interface Sum {
  net: number;
  deals: number;
}

/** Growth of one sum over another, yearly over so many years; null where either rests on fewer than ten deals. */
export function grown(now: Sum | null, before: Sum | null, years = 1): number | null {
  if (!now || !before || Math.min(now.deals, before.deals) < MINIMUM_DEALS) return null;
  if (!(before.net > 0) || now.net < 0) return null;
  return (now.net / before.net) ** (1 / years) - 1;
}

/** Sums of `length` quarters that end `back` quarters before the last; null where that is before the first. */
function windowOf(byQuarter: (Sum | undefined)[], length: number, back: number): Sum | null {
  const end = byQuarter.length - back;
  if (end - length < 0) return null;
  const sums = byQuarter.slice(end - length, end);
  return {
    net: sums.reduce((total, sum) => total + (sum?.net ?? 0), 0),
    deals: sums.reduce((total, sum) => total + (sum?.deals ?? 0), 0),
  };
}

/** Growth to the last of these quarters: of a quarter, of four, and of four within three years. */
export function growthOf(byQuarter: (Sum | undefined)[]): Growth {
  const window = (length: number, back: number) => windowOf(byQuarter, length, back);
  return {
    quarter: grown(window(1, 0), window(1, 1)),
    year: grown(window(4, 0), window(4, 4)),
    threeYears: grown(window(4, 0), window(4, 12), 3),
  };
}

/** Each motion's amount, discount, cycle and growth, and its course over three years. */
export async function motionTable(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Motions> {
  const ask = (measures: string[], more: object) =>
    answer(warehouse, requestOf(alone(asking), { measures, ...more }), scope);
  const [answered, course] = await Promise.all([
    ask(['net_amount', 'discount_rate', 'deals', 'cycle_days'], { by: ['motion'] }),
    ask(['net_amount', 'deals'], { by: ['motion', 'fiscal_quarter'], period: null }),
  ]);
  const whole = numberIn(answered.totals, 'net_amount') ?? 0;
  const first = course.rows.map(({ fiscal_quarter: quarter }) => String(quarter)).toSorted()[0];
  const quarters = wholeQuarters(warehouse, asking).filter(
    ({ period }) => first !== undefined && period >= first,
  );
  const at = new Map(
    course.rows.map((row) => [
      `${row.motion} ${row.fiscal_quarter}`,
      { net: numberIn(row, 'net_amount') ?? 0, deals: numberIn(row, 'deals') ?? 0 },
    ]),
  );
  const named = motionNames.filter((name) => course.rows.some(({ motion }) => motion === name));
  const unnamed = answered.rows.some(({ motion }) => motion === null) ? [null] : [];
  const motions = [...named, ...unnamed].map((name): Motion => {
    const row = answered.rows.find(({ motion }) => motion === name) ?? {};
    const net = numberIn(row, 'net_amount') ?? 0;
    return {
      motion: name ?? 'not known',
      net,
      share: whole > 0 ? net / whole : 0,
      deals: numberIn(row, 'deals') ?? 0,
      discountRate: numberIn(row, 'discount_rate'),
      cycle: numberIn(row, 'cycle_days'),
      growth: growthOf(quarters.map(({ period }) => at.get(`${name} ${period}`))),
    };
  });
  return {
    motions,
    net: whole,
    answered,
    course: named.flatMap((motion) =>
      quarters
        .slice(-12)
        .map(({ period }) => ({ motion, period, net: at.get(`${motion} ${period}`)?.net ?? 0 })),
    ),
    columns,
    rows: motions.map(({ motion, net, share, deals, discountRate, cycle, growth }) => ({
      key: motion,
      href: dealsHref(asking, { motion: motion === 'not known' ? null : motion }),
      cells: { name: motion, net, share, deals, discountRate, cycle, ...growth },
      faint: deals < MINIMUM_DEALS,
    })),
  };
}
