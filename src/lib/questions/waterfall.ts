import type { Asking } from '../asking/asking.ts';
import { moneyInWords, rate } from '../design/formats.ts';
import type { Answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { variances, type Unrated } from './exchangeRates.ts';
import { billed } from './waterfall/billed.ts';
import { booked } from './waterfall/booked.ts';
import { givenBack, type GivenBack } from './waterfall/offInvoice.ts';
import { exactly, type Basis, type OnInvoice } from './waterfall/onInvoice.ts';

export interface WaterfallBar {
  id: string;
  label: string;
  amount: number | null;
  kind: 'total' | 'step';
  /** Share of what the bar should hold that is known, 0 to 1; null where that is all of it, or can't be told. */
  coverage: number | null;
  alarm: boolean;
}

export interface Waterfall {
  basis: Basis;
  bars: WaterfallBar[];
  /** Bars that can't be drawn, each with why: absent, not zero. */
  absent: string[];
  /** Bars drawn in part. */
  partial: string[];
  answered: Answer;
  counted: OnInvoice['counted'];
  listCoverage: number | null;
  /** What is in no bar: its currency has no rate. */
  unrated: Unrated[];
  list: number;
  /** Discount on the invoice, of all kinds. */
  discount: number;
  invoice: number;
  /** What is left after all that is known to be given back: at most, where some of it is absent. */
  pocket: number;
  /** Null where no cost is known. */
  margin: number | null;
  /** What money costs in percent a year, by which terms were priced. */
  costOfCapital: number | null;
}

const step = (id: string, label: string, amount: number, more: Partial<WaterfallBar> = {}): WaterfallBar => ({
  ...{ id, label, amount, kind: 'step', coverage: null, alarm: false },
  ...more,
});
const total = (id: string, label: string, amount: number, coverage: number | null = null) =>
  step(id, label, amount, { kind: 'total', coverage });

const inPart = (share: number | null) => (share !== null && share < 0.9995 ? share : null);

/** One part of a sentence a reason: "rebates, channel funds are not loaded". */
function gathered(absent: readonly GivenBack[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { reason, what } of absent) byReason.set(reason!, [...(byReason.get(reason!) ?? []), what]);
  return [...byReason].map(([reason, whats]) => `${whats.join(', ')} ${reason}`);
}

/** Bars of list, what was taken off it on the invoice, and what the invoice says. */
function barsOnInvoice({
  list,
  off,
  uplift,
  unpriced,
  net,
  listCoverage,
  untold,
}: OnInvoice): WaterfallBar[] {
  const told = untold === null ? null : inPart(untold.told);
  const ofList = told === null ? null : told * (listCoverage ?? 1);
  return [
    ...(list > 0
      ? [
          total('list_amount', 'List', list, ofList),
          ...off.map(({ id, label, amount, alarm }) => step(id, label, -amount, { alarm, coverage: ofList })),
        ]
      : []),
    ...(uplift > 0 ? [step('uplift', 'Uplift', uplift, { coverage: ofList })] : []),
    // Credits on deals make it negative.
    ...(unpriced !== 0 ? [step('unpriced_net', 'Unpriced', unpriced, { coverage: told })] : []),
    total('net_amount', 'Invoice', net, told),
  ];
}

/** The setting that a build was made with; null in one made before there was such a setting. */
function costOfCapitalOf(warehouse: Warehouse): number | null {
  const { costOfCapital } = JSON.parse(warehouse.build.configuration) as { costOfCapital?: number };
  return costOfCapital ?? null;
}

/** Whether the build knows the unit cost of anything sold. */
async function hasCost(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('unit cost loaded', () =>
    warehouse.rows<{ any: boolean }>(
      'select exists (from marts.fact_deal_line where cost_amount is not null) as any',
    ),
  );
  return found?.any ?? false;
}

/** Why no cost is drawn: bills never say one, the build knows none, or nothing that is asked about has one. */
export function whyNoCost(basis: Basis, isLoaded: boolean, deals: number): string {
  if (basis === 'billed') return 'unit cost is on no bill';
  if (!isLoaded) return 'unit cost is not loaded';
  return deals === 0
    ? 'there is no unit cost: nothing here was won'
    : 'unit cost is known for nothing that was won here';
}

/**
 * From list to what is left of it, on one basis: list of priced lines − discount + uplift + unpriced net = invoice; −
 * what is given back outside of it = pocket; − unit cost = pocket margin. After Marn & Rosiello 1992, "Managing Price,
 * Gaining Profit", Harvard Business Review 70(5). One deal has one rate, of which nothing is told apart. Throws
 * BadRequest for a filter that the basis says nothing of.
 */
export async function waterfall(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  basis: Basis = 'booked',
  isOneDeal = false,
): Promise<Waterfall> {
  const [invoice, given, exchanged] = await Promise.all([
    (basis === 'billed' ? billed : booked)(warehouse, asking, scope),
    givenBack(warehouse, asking, scope),
    basis === 'booked' && !isOneDeal ? variances(warehouse, asking, scope) : { net: 0, given: 0, cost: 0 },
  ]);
  const known = given.filter(({ amount }) => amount !== null);
  const pocket = exactly(known.reduce((sum, { amount }) => sum - amount!, invoice.net));
  const { cost, list } = invoice;
  const margin = cost === null ? null : exactly(pocket - cost);
  const costCoverage = inPart(invoice.costCoverage);
  // What other exchange rates make of the last total is a bar of its own.
  const atClose =
    exchanged.net - (known.length > 0 ? exchanged.given : 0) - (margin === null ? 0 : exchanged.cost);
  const moved = exactly((asking.rates === 'plan' ? 1 : -1) * atClose);
  const bars = [
    ...barsOnInvoice(invoice),
    ...known.map(({ id, label, amount, coverage }) =>
      step(id, label, -amount!, { coverage: inPart(coverage) }),
    ),
    ...(known.length > 0 ? [total('pocket', 'Pocket', pocket)] : []),
    ...(cost === null || margin === null
      ? []
      : [
          step('cost_amount', 'Unit cost', -cost, { coverage: costCoverage }),
          total('margin', 'Pocket margin', margin, costCoverage),
        ]),
    ...(moved === 0
      ? []
      : [
          step('currency', 'Exchange rates', moved),
          total(
            'other_rates',
            asking.rates === 'plan' ? 'At rates of the close' : 'At plan rates',
            exactly((margin ?? pocket) + moved),
          ),
        ]),
  ];
  const { untold } = invoice;
  const partial = [
    ...(untold === null
      ? []
      : [
          `bills of ${moneyInWords(untold.net, warehouse.build.currency)} are left out: they say nothing of ${untold.by}`,
        ]),
    ...(known.length > 0 && known.length < given.length
      ? [`pocket counts only ${known.map(({ what }) => what).join(', ')}`]
      : []),
    ...known.flatMap(({ what, coverage, partly }) =>
      partly && coverage !== null ? [`${what} are known for ${rate(coverage, 0)}: those ${partly}`] : [],
    ),
    ...(costCoverage === null ? [] : [`unit cost is known for ${rate(costCoverage, 0)} of net`]),
  ];
  return {
    ...{ basis, bars, partial, list, pocket, margin },
    absent: [
      ...gathered(given.filter(({ amount }) => amount === null)),
      ...(cost === null ? [whyNoCost(basis, await hasCost(warehouse), invoice.counted.n)] : []),
    ],
    answered: invoice.answered,
    counted: invoice.counted,
    listCoverage: invoice.listCoverage,
    unrated: invoice.unrated,
    discount: exactly(invoice.off.reduce((sum, { amount }) => sum + amount, 0)),
    invoice: invoice.net,
    costOfCapital: known.some(({ id }) => id === 'terms_cost') ? costOfCapitalOf(warehouse) : null,
  };
}
