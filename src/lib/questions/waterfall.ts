import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { rate } from '../design/formats.ts';
import { answer, type Answer } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { unrated, variances, type Unrated } from './exchangeRates.ts';

export interface WaterfallBar {
  id: string;
  label: string;
  amount: number | null;
  kind: 'total' | 'step';
  coverage: number | null;
  alarm: boolean;
}

export interface Waterfall {
  bars: WaterfallBar[];
  /** Bars that can't be drawn, each with why: absent, not zero. */
  absent: string[];
  /** Bars drawn in part. */
  partial: string[];
  answered: Answer;
  /** What is in no bar: its currency has no rate. */
  unrated: Unrated[];
  list: number;
  invoice: number;
  pocket: number;
  margin: number | null;
}

const offInvoice = [
  { id: 'rebates', label: 'Rebates', what: 'rebates', kind: 'rebate' },
  { id: 'channel_funds', label: 'Channel funds', what: 'channel funds', kind: 'channel_fund' },
  { id: 'free_services', label: 'Free services', what: 'free services', kind: 'free_service' },
  { id: 'price_credits', label: 'Price credits', what: 'credit notes', kind: 'price_credit' },
] as const;

interface Given {
  /** Null: not loaded, or not known by what is filtered for. */
  amounts: Record<string, number | null>;
  reasons: Record<string, string>;
  /** Credits that do not say why, in money. */
  unknown: number;
}

/** One sentence part a reason: "rebates and channel funds are not loaded". */
function gathered(reasons: Record<string, string>): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, what } of offInvoice) {
    const reason = reasons[id];
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
  }
  return [...byReason].map(([reason, whats]) => `${whats.join(', ')} ${reason}`);
}

/** The kinds of concession that the build knows at all. */
async function kindsLoaded(warehouse: Warehouse): Promise<string[]> {
  const found = await warehouse.remember('kinds of concession', () =>
    warehouse.rows<{ kind: string }>('select distinct kind from marts.fact_concession'),
  );
  return found.map(({ kind }) => kind);
}

/** What was given back outside of the invoice in the period; each part is known, absent, or not split this way. */
async function givenBack(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Given> {
  const kinds = await kindsLoaded(warehouse);
  const given: Given = { amounts: {}, reasons: {}, unknown: 0 };
  const loaded = offInvoice.filter(({ id, kind }) => {
    given.amounts[id] = null;
    if (!kinds.includes(kind)) given.reasons[id] = 'are not loaded';
    return kinds.includes(kind);
  });
  if (loaded.length === 0) return given;
  // They are given to customers and name no rep: nothing of them can be said of some people's deals.
  if (scope.kind !== 'everything') {
    for (const { id } of loaded) given.reasons[id] = 'are not known by rep';
    return given;
  }
  try {
    const measures: string[] = loaded.map(({ id }) => id);
    const request = requestOf(alone(asking), { measures: [...measures, 'unknown_credits'] });
    const { totals } = await answer(warehouse, request, scope);
    given.unknown = Number(totals.unknown_credits ?? 0);
    for (const id of measures) given.amounts[id] = typeof totals[id] === 'number' ? totals[id] : 0;
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    for (const { id } of loaded) given.reasons[id] = 'are not known by what is filtered for';
  }
  return given;
}

/**
 * From list to what is left of it, on the booked basis: list of priced lines − discount + uplift + unpriced
 * net = invoice; − what is given back outside of it = pocket; − unit cost = pocket margin. After Marn &
 * Rosiello 1992, "Managing Price, Gaining Profit", Harvard Business Review 70(5).
 */
export async function waterfall(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Waterfall> {
  const measures = [
    'list_amount',
    'discount',
    'uplift',
    'unpriced_net',
    'net_amount',
    'cost_amount',
    'cost_coverage',
  ];
  const [answered, given, moved, left] = await Promise.all([
    answer(warehouse, requestOf(alone(asking), { measures }), scope),
    givenBack(warehouse, asking, scope),
    variances(warehouse, asking, scope),
    unrated(warehouse, asking, scope),
  ]);
  const value = (id: string) => (typeof answered.totals[id] === 'number' ? answered.totals[id] : 0);
  const bar = (
    id: string,
    label: string,
    amount: number | null,
    kind: 'total' | 'step',
    coverage: number | null = null,
  ) => ({
    id,
    label,
    amount,
    kind,
    coverage,
    alarm: id === 'discount',
  });

  const unknown = given.unknown;
  const invoice = value('net_amount');
  const steps = offInvoice.flatMap(({ id, label }) => {
    const amount = given.amounts[id] ?? null;
    return amount === null ? [] : [bar(id, label, -amount, 'step')];
  });
  const pocket = steps.reduce((sum, { amount }) => sum + (amount ?? 0), invoice);
  const costKnown = value('cost_coverage');
  const cost = typeof answered.totals.cost_amount === 'number' ? answered.totals.cost_amount : null;
  const margin = cost === null ? null : pocket - cost;
  // The last total again at the other rates: what only they did is a bar of its own.
  const isPlan = asking.rates === 'plan';
  const last = margin ?? pocket;
  const atClose = moved.net - (steps.length > 0 ? moved.given : 0) - (margin === null ? 0 : moved.cost);
  const exchanged = ((isPlan ? 1 : -1) * Math.round(atClose * 1e4)) / 1e4;
  const unpriced = value('unpriced_net');
  const uplift = value('uplift');
  const bars = [
    ...(value('list_amount') > 0
      ? [
          bar('list_amount', 'List', value('list_amount'), 'total'),
          bar('discount', 'Discount', -value('discount'), 'step'),
        ]
      : []),
    ...(uplift > 0 ? [bar('uplift', 'Uplift', uplift, 'step')] : []),
    // Credits on deals make it negative.
    ...(unpriced !== 0 ? [bar('unpriced_net', 'Unpriced', unpriced, 'step')] : []),
    bar('net_amount', 'Invoice', invoice, 'total'),
    ...steps,
    ...(steps.length > 0 ? [bar('pocket', 'Pocket', pocket, 'total')] : []),
    ...(cost === null || margin === null
      ? []
      : [
          bar('cost_amount', 'Unit cost', -cost, 'step', costKnown < 0.9995 ? costKnown : null),
          bar('margin', 'Margin', margin, 'total', costKnown < 0.9995 ? costKnown : null),
        ]),
    ...(exchanged === 0
      ? []
      : [
          bar('currency', 'Exchange rates', exchanged, 'step'),
          bar('other_rates', isPlan ? 'At rates of the close' : 'At plan rates', last + exchanged, 'total'),
        ]),
  ];
  const absent = [
    ...gathered(given.reasons),
    ...(unknown > 0 ? ['credits that do not say why'] : []),
    'late payment: no cost of capital is set',
    ...(cost === null ? ['unit cost is not loaded'] : []),
  ];
  const known = offInvoice.filter(({ id }) => given.amounts[id] !== null);
  const onlyPart =
    known.length > 0 && known.length < offInvoice.length
      ? [`pocket counts only ${known.map(({ what }) => what).join(', ')}`]
      : [];
  const partialCost =
    cost !== null && costKnown < 0.9995 ? [`unit cost is known for ${rate(costKnown, 0)} of net`] : [];
  const partial = [...onlyPart, ...partialCost];
  return {
    bars,
    absent,
    partial,
    answered,
    unrated: left,
    list: value('list_amount'),
    invoice,
    pocket,
    margin,
  };
}
