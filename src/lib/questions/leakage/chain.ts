import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import { loadedTables } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** One step of the way from an offer to cash, in the reporting currency. */
export interface Step {
  id: 'quoted' | 'booked' | 'billed' | 'price_credits' | 'other_credits' | 'cash' | 'open' | 'beyond';
  /** Null: not loaded, or not known by what is filtered for; `why` says which. */
  amount: number | null;
  why: string | null;
  /** How many deals, bills or credits it counts. */
  n: number;
  /** What it may be set against, and nothing else: the same deals' booked net, the same bills' amount. */
  of: number | null;
  /** Share of what the step is about that tells it, 0 to 1; null where that is all of it. */
  coverage: number | null;
}

const figures = {
  quoted: ['quoted_net', 'booked_of_quoted', 'quoted_deals'],
  booked: ['net_amount', 'deals'],
  bills: [
    ...['billed_net', 'bills', 'credited_price', 'credited_otherwise'],
    ...['cash', 'paid_bills', 'bills_left_open', 'bills_beyond', 'cash_with_tax'],
  ],
};

/** The totals of some measures; null where what is filtered for is not known of them. */
async function totalsOrNull(
  warehouse: Warehouse,
  asking: Asking,
  measures: string[],
  scope: Scope,
): Promise<AnswerRow | null> {
  try {
    return (await answer(warehouse, requestOf(alone(asking), { measures }), scope)).totals;
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}

const NOT_KNOWN_BY_FILTER = 'not known by what is filtered for';

/**
 * Quoted, booked, billed before tax, credited and paid. Each step says what it may be compared with: offers with the
 * deals they were made for, credits and cash with the bills of the period, whenever they came. What was booked is for
 * whole terms and is not set against the bills here: that takes the match of lines.
 */
export async function chain(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ steps: Step[]; withTax: number; isOfBills: boolean }> {
  const [tables, quoted, booked, bills] = await Promise.all([
    loadedTables(warehouse),
    totalsOrNull(warehouse, asking, figures.quoted, scope),
    totalsOrNull(warehouse, asking, figures.booked, scope),
    totalsOrNull(warehouse, asking, figures.bills, scope),
  ]);
  const has = (table: string) => (tables.get(table)?.rows ?? 0) > 0;
  const number = (row: AnswerRow | null, id: string) => (typeof row?.[id] === 'number' ? row[id] : null);
  const step = (
    id: Step['id'],
    row: AnswerRow | null,
    table: string,
    { amount, n, ...more }: { amount: string; n: string; of?: number | null; coverage?: number | null },
    none: string,
  ): Step => {
    const why = !has(table) ? 'not loaded' : row === null ? NOT_KNOWN_BY_FILTER : null;
    const known = why === null ? number(row, amount) : null;
    return {
      id,
      amount: known,
      why: known === null ? (why ?? none) : null,
      n: why === null ? (number(row, n) ?? 0) : 0,
      of: more.of ?? null,
      coverage: known === null ? null : (more.coverage ?? null),
    };
  };
  const share = (part: number | null, whole: number | null) =>
    part === null || whole === null || whole <= 0 || part >= whole ? null : part / whole;
  const net = number(booked, 'net_amount');
  const ofQuoted = number(quoted, 'booked_of_quoted');
  const billed = number(bills, 'billed_net');
  const ofBills = { of: billed, n: 'bills' };
  const steps = [
    step(
      'quoted',
      quoted,
      'quote_line',
      { amount: 'quoted_net', n: 'quoted_deals', of: ofQuoted, coverage: share(ofQuoted, net) },
      'no won deal has an offer whose amount is known',
    ),
    step('booked', booked, 'deal', { amount: 'net_amount', n: 'deals' }, 'nothing was won'),
    step('billed', bills, 'invoice_line', { amount: 'billed_net', n: 'bills' }, 'nothing was billed'),
    step(
      'price_credits',
      bills,
      'credit_note_line',
      { ...ofBills, amount: 'credited_price' },
      'nothing was billed',
    ),
    step(
      'other_credits',
      bills,
      'credit_note_line',
      { ...ofBills, amount: 'credited_otherwise' },
      'nothing was billed',
    ),
    step(
      'cash',
      bills,
      'payment',
      {
        ...ofBills,
        amount: 'cash',
        n: 'paid_bills',
        coverage: share(number(bills, 'paid_bills'), number(bills, 'bills')),
      },
      'nothing was billed',
    ),
    step('open', bills, 'payment', { ...ofBills, amount: 'bills_left_open' }, 'nothing was billed'),
    step('beyond', bills, 'payment', { ...ofBills, amount: 'bills_beyond' }, 'nothing was billed'),
  ];
  return { steps, withTax: number(bills, 'cash_with_tax') ?? 0, isOfBills: bills !== null };
}
