import { requestOf } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Request, Scope } from '../../metrics/request.ts';
import { calibration, type Calibration, type Prediction } from '../../statistics/calibration.ts';
import { isotonic } from '../../statistics/isotonic.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { atLead, type ForecastChoice } from './choice.ts';

/** What a chance to win can be told from. */
export interface Basis {
  id: 'stage' | 'fit' | 'value';
  label: string;
  /** Deals it can be told for. */
  deals: number;
  /** Null where it says too little. */
  scores: Calibration | null;
  /** What stage probability scores on the same deals, to compare with. */
  ofStage: Calibration | null;
  /** Why there is nothing, or how it was made. */
  note: string;
}

export interface Probabilities {
  /** Deals decided by now, each once, at the first quarter in which it was open at this lead time. */
  deals: number;
  /** Deals without a decision yet, which can't be judged. */
  undecided: number;
  /** Deals whose source stated no probability. */
  unstated: number;
  byDeal: Calibration | null;
  byAmount: Calibration | null;
  /** 1 − Brier ÷ Brier of stating the share that was won of the quarter before's deals; null where there is none. */
  lastPeriod: number | null;
  bases: Basis[];
}

interface OpenDeal {
  deal: string;
  quarter: string;
  probability: number | null;
  amount: number;
  value: number | null;
  decided: boolean;
  won: boolean;
}

/** Draws for the bands: a page is not kept waiting for the last digit. */
const BAND_DRAWS = 400;

const scored = (predictions: Prediction[]) =>
  predictions.length >= MINIMUM_DEALS ? calibration(predictions, BAND_DRAWS) : null;

const predictionOf = ({ deal, probability, won }: OpenDeal): Prediction => ({
  probability: probability! / 100,
  happened: won,
  cluster: deal,
});

/** Something asked of the deals that were open and due at the chosen lead time. */
export const askOpenDeals = ({ asking, weeks }: ForecastChoice, measures: string[], by: string[]): Request =>
  requestOf(asking, {
    ...{ measures, by },
    filters: [
      ...asking.filters,
      atLead(weeks),
      { dimension: 'is_due', not: false, kind: 'one of', values: ['true'] },
    ],
  });

/** Open deals at the chosen lead time, one row each: the first quarter, which doesn't depend on how it ended. */
async function openDeals(warehouse: Warehouse, choice: ForecastChoice, scope: Scope): Promise<OpenDeal[]> {
  const told = ['week_amount', 'week_value', 'later_won', 'later_decided', 'week_deals'];
  const each = ['deal_id', 'fiscal_quarter', 'probability'];
  const { rows } = await answer(warehouse, askOpenDeals(choice, told, each), scope);
  const first = new Map<string, OpenDeal>();
  for (const row of rows) {
    const deal = String(row.deal_id);
    const quarter = String(row.fiscal_quarter);
    const known = first.get(deal);
    if (known && known.quarter <= quarter) continue;
    first.set(deal, {
      deal,
      quarter,
      probability: typeof row.probability === 'number' ? row.probability : null,
      amount: Number(row.week_amount ?? 0),
      value: typeof row.week_value === 'number' ? row.week_value : null,
      decided: Number(row.later_decided) > 0,
      won: Number(row.later_won) > 0,
    });
  }
  return [...first.values()];
}

/**
 * Chances told from value less price, as a share of the value: the won share of earlier quarters' deals, made never
 * to fall as the share rises (isotonic.ts). Each quarter's deals are told from those of quarters before alone.
 */
function fromValue(deals: readonly OpenDeal[]): { deal: OpenDeal; probability: number }[] {
  const share = ({ value, amount }: OpenDeal) => (value! - amount) / value!;
  const known = deals.filter(({ value }) => value !== null && value > 0);
  return known.flatMap((deal) => {
    const before = known
      .filter(({ quarter }) => quarter < deal.quarter)
      .toSorted((a, b) => share(a) - share(b));
    if (before.length < 3 * MINIMUM_DEALS) return [];
    const curve = isotonic(
      before.map(({ won }) => Number(won)),
      before.map(() => 1),
    );
    const at = before.findLastIndex((one) => share(one) <= share(deal));
    // Held off the ends, where a curve from few deals is surer than it may be.
    const probability = Math.min(0.98, Math.max(0.02, curve[Math.max(0, at)]!));
    return [{ deal, probability }];
  });
}

/** How much nearer the stated chances were than the share won of the quarter before, on deals that have one. */
function againstLastPeriod(deals: readonly OpenDeal[]): number | null {
  const quarters = [...new Set(deals.map(({ quarter }) => quarter))].toSorted();
  const rates = new Map(
    quarters.map((quarter) => {
      const these = deals.filter((deal) => deal.quarter === quarter);
      return [quarter, these.filter(({ won }) => won).length / these.length];
    }),
  );
  let stated = 0;
  let naive = 0;
  for (const { quarter, probability, won } of deals) {
    const before = rates.get(quarters[quarters.indexOf(quarter) - 1] ?? '');
    if (before === undefined) continue;
    stated += (probability! / 100 - Number(won)) ** 2;
    naive += (before - Number(won)) ** 2;
  }
  return naive > 0 ? 1 - stated / naive : null;
}

function valueBasis(deals: readonly OpenDeal[]): Basis {
  const known = deals.filter(({ value }) => value !== null && value > 0);
  const told = fromValue(deals).filter(({ deal }) => deal.probability !== null);
  const base = { id: 'value', label: 'Value − price', deals: told.length } as const;
  if (known.length === 0)
    return {
      ...base,
      ...{ scores: null, ofStage: null },
      note: 'No data: no deal says what it is worth to the customer.',
    };
  if (told.length < MINIMUM_DEALS)
    return {
      ...base,
      ...{ scores: null, ofStage: null },
      note: 'Too few deals of earlier quarters say what they are worth to the customer to learn from.',
    };
  return {
    ...base,
    scores: scored(
      told.map(({ deal, probability }) => ({ probability, happened: deal.won, cluster: deal.deal })),
    ),
    ofStage: scored(told.map(({ deal }) => predictionOf(deal))),
    note: 'Learnt from earlier quarters alone; the value is the one recorded by now, which may be later than the forecast.',
  };
}

/** How well the stated probability, and what else may tell it, foretold which deals were won. */
export async function probabilities(
  warehouse: Warehouse,
  choice: ForecastChoice,
  scope: Scope,
): Promise<Probabilities> {
  return warehouse.remember(
    `probabilities ${JSON.stringify([choice.asking.filters, choice.asking.period, choice.weeks, scope])}`,
    async () => {
      const all = await openDeals(warehouse, choice, scope);
      const decided = all.filter((deal) => deal.decided);
      const stated = decided.filter(({ probability }) => probability !== null);
      const predictions = stated.map(predictionOf);
      const byDeal = scored(predictions);
      const weighted = stated.filter(({ amount }) => amount > 0);
      return {
        deals: stated.length,
        undecided: all.length - decided.length,
        unstated: decided.length - stated.length,
        byDeal,
        byAmount: scored(weighted.map((deal) => ({ ...predictionOf(deal), weight: deal.amount }))),
        lastPeriod: againstLastPeriod(stated),
        bases: [
          {
            id: 'stage',
            label: 'Stage probability',
            deals: stated.length,
            scores: byDeal,
            ofStage: byDeal,
            note:
              stated.length === 0
                ? 'No data: no history states a probability.'
                : 'As the source stated it then.',
          },
          {
            id: 'fit',
            label: 'Fit and engagement',
            deals: 0,
            scores: null,
            ofStage: null,
            note: 'No data: no export carries a score of fit or of the customer’s engagement.',
          },
          valueBasis(decided),
        ],
      };
    },
  );
}
