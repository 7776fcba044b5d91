import { alone, type Asking } from '../../asking/asking.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import { dimensionById } from '../../metrics/request.ts';
import { splits, type Split } from '../splits.ts';

/** Which forecast is looked at. */
export interface ForecastKind {
  id: 'commit' | 'best_case' | 'submitted';
  label: string;
  measure: string;
  /** What it is compared with. */
  actual: string;
  bias: string;
}

export const forecastKinds: readonly ForecastKind[] = [
  {
    id: 'commit',
    label: 'commit',
    measure: 'forecast_commit',
    actual: 'forecast_actual',
    bias: 'forecast_bias',
  },
  {
    id: 'best_case',
    label: 'best case',
    measure: 'forecast_best_case',
    actual: 'forecast_actual',
    bias: 'forecast_bias_best_case',
  },
  {
    id: 'submitted',
    label: 'as submitted',
    measure: 'forecast_submitted',
    actual: 'forecast_submitted_actual',
    bias: 'forecast_submitted_bias',
  },
];

/** Lead times in weeks before the quarter's end, the earliest first; 13 is the quarter's first day. */
export const leadTimes = [13, 12, 8, 4, 2, 1] as const;
export type LeadTime = (typeof leadTimes)[number];

/** "four weeks before the end of the quarter" */
export const leadInWords = (weeks: number): string =>
  weeks === 13
    ? 'on the first day of the quarter'
    : `${{ 1: 'one week', 2: 'two weeks', 4: 'four weeks', 8: 'eight weeks', 12: 'twelve weeks' }[weeks]} before the end of the quarter`;

/** "day 1", "4 weeks" */
export const leadLabel = (weeks: number): string =>
  weeks === 13 ? 'day 1' : `${weeks} week${weeks === 1 ? '' : 's'}`;

/** What the forecast page is set to. */
export interface ForecastChoice {
  kind: ForecastKind;
  weeks: LeadTime;
  split: Split;
  /** The asking as far as forecasts know its filters. */
  asking: Asking;
  /** Labels of the filters that were left out. */
  left: string[];
  /** The quarter whose bridge is asked for; null for the last one that is over. */
  quarter: string | null;
  /** The bar whose deals are listed. */
  bar: string | null;
  /** The figure whose deals are listed: see behind.ts. */
  open: string | null;
}

const offered = splits.filter(({ id }) => ['region', 'manager_id', 'rep_id'].includes(id));
export const forecastSplits: readonly Split[] = offered;

function one<Choice>(
  search: URLSearchParams,
  parameter: string,
  choices: readonly Choice[],
  idOf: (choice: Choice) => string,
  standard: Choice,
): Choice {
  const asked = search.get(parameter);
  if (asked === null) return standard;
  const found = choices.find((choice) => idOf(choice) === asked);
  if (found) return found;
  throw new BadRequest(parameter, `"${asked}" is not one of the choices.`, choices.map(idOf));
}

/** Reads what the page is set to from its address. Throws BadRequest naming the parameter that can't be read. */
export function forecastChoice(search: URLSearchParams, asking: Asking): ForecastChoice {
  const kind = one(search, 'forecast', forecastKinds, ({ id }) => id, forecastKinds[0]!);
  const known = asking.filters.filter(({ dimension }) => {
    const { sql } = dimensionById.get(dimension)!;
    return kind.id === 'submitted' ? sql.forecast_week : sql.forecast_deal && sql.deal_week;
  });
  const left = asking.filters.filter((filter) => !known.includes(filter));
  // What forecasts don't know stays out of downloads as well.
  const carried = new URLSearchParams(asking.search);
  for (const { dimension } of left) for (const name of [dimension, `${dimension}!`]) carried.delete(name);
  return {
    kind,
    weeks: one(search, 'weeks', leadTimes, String, 4),
    split: one(search, 'by', offered, ({ id }) => id, offered[0]!),
    asking: { ...alone(asking), filters: known, rates: 'plan', hierarchy: 'as_closed', search: carried },
    left: left.map(({ dimension }) => dimensionById.get(dimension)!.label.toLowerCase()),
    quarter: search.get('bridge'),
    bar: search.get('show'),
    open: search.get('open'),
  };
}

/** The filter that sets the lead time of a request. */
export const atLead = (weeks: number) => ({
  dimension: 'weeks_before',
  not: false,
  kind: 'one of' as const,
  values: [String(weeks)],
});
