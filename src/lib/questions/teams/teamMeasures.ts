import type { Asking } from '../../asking/asking.ts';
import type { Filter } from '../../metrics/request.ts';
import type { Norm, Scale } from '../../statistics/benchmark.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { CellQuestion } from './cellQuery.ts';
import { cycleQuestion } from './cycleWeights.ts';
import type { TeamChoice } from './unitKinds.ts';

/** One figure in which units are compared. */
export interface TeamMeasure {
  id: 'discount' | 'win' | 'cycle' | 'bias';
  label: string;
  /** The measure of the dictionary that it is made of. */
  metric: string;
  scale: Scale;
  /** What a unit is held against: others with such deals, or, for a forecast, what was won. */
  norm: Norm;
  /** Which way is better for the company. */
  better: 'up' | 'down' | 'neither';
  /** Deals that it counts, in words. */
  counts: string;
  /** How its deals are summed; a forecast is compared by its own figures. */
  question?: (warehouse: Warehouse, asking: Asking, choice: TeamChoice) => CellQuestion;
}

const only = (dimension: string, value: string): Filter => ({
  dimension,
  not: false,
  kind: 'one of',
  values: [value],
});

export const teamMeasures: readonly TeamMeasure[] = [
  {
    id: 'discount',
    label: 'Discount rate',
    metric: 'discount_rate',
    scale: 'ratio',
    norm: 'others',
    better: 'down',
    counts: 'won deals at a known list price',
    question: (_, __, { discounts }) => ({
      measures: ['list_amount', 'discount'],
      filters: discounts === 'discretionary' ? [only('discount_kind', 'discretionary')] : [],
      weight: 'asked.list_amount',
      outcome: 'asked.discount',
      counted: '1',
    }),
  },
  {
    id: 'win',
    label: 'Win rate',
    metric: 'win_rate',
    scale: 'ratio',
    norm: 'others',
    better: 'up',
    counts: 'deals won or lost',
    question: () => ({
      measures: ['won_deals', 'lost_deals'],
      weight: 'case when asked.won_deals + asked.lost_deals > 0 and deal.is_won is not null then 1 end',
      outcome: 'deal.is_won::integer',
      tellsOutcome: true,
      counted: '1',
    }),
  },
  {
    id: 'cycle',
    // The geometric mean, and not the dictionary's median: the label keeps the two apart.
    label: 'Typical cycle',
    metric: 'cycle_days',
    scale: 'log',
    norm: 'others',
    better: 'down',
    counts: 'won deals',
    question: cycleQuestion,
  },
  {
    id: 'bias',
    label: 'Forecast bias',
    metric: 'forecast_bias',
    scale: 'log',
    norm: 'fixed',
    better: 'neither',
    counts: 'deals forecast or won',
  },
];
