import { requestOf } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Filter, Request, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { atLead, type ForecastChoice } from './choice.ts';

/** What can move a forecast, in the order in which the bridge tells it, with what each is called. */
export const bars = [
  { id: 'lost', label: 'Lost' },
  { id: 'slipped', label: 'Slipped out' },
  { id: 'moved_down', label: 'Moved down a category' },
  { id: 'removed', label: 'Removed' },
  { id: 'changed', label: 'Amount changed' },
  { id: 'transferred', label: 'Transferred' },
  { id: 'currency', label: 'Currency' },
  { id: 'other_category', label: 'Won from other categories' },
  { id: 'pulled_in', label: 'Pulled in' },
  { id: 'reopened', label: 'Reopened' },
  { id: 'bluebird', label: 'Bluebirds' },
  { id: 'not_known', label: 'Won, history not known' },
] as const;

export interface BridgeBar {
  id: string;
  label: string;
  amount: number;
  deals: number;
}

export interface BridgeDeal {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  rep_name: string | null;
  stage: string | null;
  amount: number;
}

export interface ForecastBridge {
  /** Quarters that have a bridge, the latest last. */
  quarters: string[];
  quarter: string;
  /** The end bars and those between that hold any deal. */
  forecast: number;
  actual: number;
  bars: BridgeBar[];
  /** Labels of bars that no deal is in. */
  empty: string[];
  /** The bar whose deals are listed, the largest first. */
  shown: BridgeBar | null;
  deals: BridgeDeal[];
  request: Request;
}

/** Deals listed behind a bar; the rest are in its download. */
const LISTED = 25;

const only = (dimension: string, value: string): Filter => ({
  dimension,
  not: false,
  kind: 'one of',
  values: [value],
});

/**
 * The way from the chosen forecast of one quarter to what was won in it. Null where no quarter asked for is over,
 * and for submitted forecasts, which name no deals. Throws BadRequest for a quarter or bar that is none.
 */
export async function forecastBridge(
  warehouse: Warehouse,
  choice: ForecastChoice,
  scope: Scope,
): Promise<ForecastBridge | null> {
  const { kind, weeks, asking } = choice;
  if (kind.id === 'submitted') return null;
  const filters = [...asking.filters, atLead(weeks), only('forecast', kind.id)];
  const there = await answer(
    warehouse,
    requestOf(asking, { measures: ['bridge_deals'], by: ['fiscal_quarter'], filters }),
    scope,
  );
  const quarters = there.rows.map((row) => String(row.fiscal_quarter)).toSorted();
  const quarter = choice.quarter ?? quarters.at(-1);
  if (quarter === undefined) return null;
  if (!quarters.includes(quarter))
    throw new BadRequest('bridge', `"${quarter}" is no quarter with a forecast.`, quarters);
  const request = requestOf(
    { ...asking, period: quarter },
    { measures: ['bridge_amount', 'bridge_deals'], by: ['bar'], filters },
  );
  const { rows } = await answer(warehouse, request, scope);
  const found = (id: string) => rows.find((row) => row.bar === id);
  const filled = bars.flatMap(({ id, label }): BridgeBar[] => {
    const row = found(id);
    return row ? [{ id, label, amount: Number(row.bridge_amount), deals: Number(row.bridge_deals) }] : [];
  });
  if (choice.bar !== null && !bars.some(({ id }) => id === choice.bar))
    throw new BadRequest(
      'show',
      `"${choice.bar}" is no bar of the bridge.`,
      bars.map(({ id }) => id),
    );
  const largest = filled.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))[0];
  const shown = (choice.bar === null ? largest : filled.find(({ id }) => id === choice.bar)) ?? null;
  return {
    quarters,
    quarter,
    forecast: Number(found('forecast')?.bridge_amount ?? 0),
    actual: Number(found('actual')?.bridge_amount ?? 0),
    bars: filled,
    empty: bars.filter(({ id }) => !found(id)).map(({ label }) => label),
    shown,
    deals: shown ? await dealsOf(warehouse, request, shown, scope) : [],
    request,
  };
}

/** The largest deals behind a bar. */
async function dealsOf(
  warehouse: Warehouse,
  request: Request,
  bar: BridgeBar,
  scope: Scope,
): Promise<BridgeDeal[]> {
  const { rows } = await answer(
    warehouse,
    {
      ...request,
      measures: ['bridge_amount'],
      by: ['deal_id', 'deal_name', 'account_name', 'rep_name', 'stage'],
      filters: [...request.filters, only('bar', bar.id)],
    },
    scope,
  );
  return rows
    .map((row) => ({
      deal_id: String(row.deal_id),
      deal_name: String(row.deal_name ?? row.deal_id),
      account_name: row.account_name as string | null,
      rep_name: row.rep_name as string | null,
      stage: row.stage as string | null,
      amount: Number(row.bridge_amount),
    }))
    .toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
    .slice(0, LISTED);
}

/** The bridge as the chart draws it; what was lost to the forecast is to act on. */
export function bridgeDrawn({ forecast, actual, bars: between }: ForecastBridge, lead: string) {
  const end = (id: string, label: string, amount: number) => ({
    ...{ id, label, amount, alarm: false },
    kind: 'total',
  });
  return [
    end('forecast', `Forecast, ${lead}`, forecast),
    ...between.map(({ id, label, amount }) => ({ id, label, amount, kind: 'part', alarm: false })),
    end('actual', 'Won', actual),
  ];
}
