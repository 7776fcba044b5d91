import { repSeen, type Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import { dimensionById, type Filter } from '../../metrics/request.ts';
import { breakEvenLift } from '../../statistics/breakEven.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { judge, type Judged } from '../../statistics/verdict.ts';
import { slopeWithin, type Outcome } from '../../statistics/withinStrata.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { columnOf } from '../teams/cellQuery.ts';
import { askedKey } from './dealRates.ts';
import { ofDecided, type Decided } from './decidedDeals.ts';
import { discountBins, type DiscountBin } from './discountBins.ts';

/** Points of discount that a change of the win rate is told for. */
export const STEP = 5;

/** Closed deals alike in mix, at one whole point of discount. */
export interface PricedCell {
  segment: string;
  deal_type: string;
  size: string;
  /** Ten times as large from one to the next. */
  band: number;
  points: number;
  /** The span of five points that the rate lies in, by its lower end; the rate itself decides, before it is rounded. */
  from: number;
  deals: number;
  won: number;
  /** Of which the last offer's price is known, not only the line's. */
  quoted: number;
  /** Won deals with a known cost: list, net and cost in the reporting currency. */
  list: number;
  net: number;
  cost: number;
}

export interface WinRateGroup {
  id: string;
  name: string;
  deals: number;
  won: number;
  /** Change of the win rate for five points more, within segment, deal type and size; null where nothing tells. */
  change: Judged | null;
  p: number;
  /** Margin of won deals as a share of their price, and how many more must be won for five points to pay. */
  margin: number | null;
  breakEven: number | null;
}

export interface WinRate {
  kind: Decided;
  all: WinRateGroup;
  groups: WinRateGroup[];
  bins: DiscountBin[];
  quoted: number;
}

async function cellsOf(warehouse: Warehouse, asking: Asking, scope: Scope) {
  const filters = asking.filters.filter(({ dimension }) => !dimensionById.get(dimension)!.decidesPopulation);
  const only = (dimension: string, values: string[]): Filter => ({
    dimension,
    not: false,
    kind: 'one of',
    values,
  });
  const seen = repSeen(scope, 'rep_id');
  const kinds = { discretionary: ['discretionary'], 'of no kind': ['unknown', ''] };
  return ofDecided((kind) => {
    const request = requestOf(alone(asking), {
      measures: ['list_amount', 'discount', 'net_amount', 'cost_amount'],
      by: ['deal_id'],
      filters: [...filters, only('is_closed', ['true']), only('discount_kind', kinds[kind])],
      rates: 'plan',
    });
    const { sql, parameters } = compileFor(warehouse, request, scope);
    return warehouse.rows<PricedCell>(
      `with asked as (select * exclude (is_total) from (${sql}) where not is_total),
       seen_deal as (select * from marts.fact_deal where is_closed and is_won is not null and ${seen.test}),
       last_quote as (
         select quote.deal_id, arg_max(quote.quote_id, quote.quoted_on) as quote_id
         from core.quote quote join seen_deal deal using (deal_id)
         where quote.quoted_on <= deal.closed_on group by quote.deal_id
       ),
       quoted as (
         select last_quote.deal_id, sum(line.list_amount)::double as list, sum(line.net_amount)::double as net
         from last_quote join core.quote_line line using (quote_id)
         where coalesce(line.discount_kind, 'unknown') in (${kind === 'discretionary' ? `'discretionary'` : `'unknown'`})
         group by last_quote.deal_id
         having count(*) = count(line.list_amount) and count(*) = count(line.net_amount) and sum(line.list_amount) > 0
       ),
       priced as (
         select coalesce(${columnOf('segment', asking)}::varchar, '') as segment,
           coalesce(deal.deal_type::varchar, '') as deal_type, deal.is_won,
           quoted.deal_id is not null as is_quoted, asked.list_amount::double as list,
           asked.net_amount::double as net, asked.cost_amount::double as cost,
           coalesce(1 - quoted.net / quoted.list, asked.discount::double / asked.list_amount::double) as rate
         from asked
         join seen_deal deal using (deal_id)
         left join quoted using (deal_id)
         where asked.list_amount > 0 and asked.discount is not null
       )
       select segment, deal_type, floor(2 * log10(greatest(1, list)))::varchar as size,
         floor(log10(greatest(1, list)))::integer as band,
         least(60, greatest(0, round(100 * rate)))::integer as points,
         -- A rate is a quotient of rounded amounts: a millionth of a point below 20% is 20%.
         least(60, greatest(0, 5 * floor((100 * rate + 1e-6) / 5)))::integer as "from", count(*) as deals,
         count(*) filter (is_won) as won, count(*) filter (is_quoted) as quoted,
         coalesce(sum(list) filter (is_won and cost is not null), 0) as list,
         coalesce(sum(net) filter (is_won and cost is not null), 0) as net,
         coalesce(sum(cost) filter (is_won and cost is not null), 0) as cost
       from priced
       -- Where lost deals are recorded at nothing, that is no price that was offered.
       where rate < 0.9999
       group by all order by all`,
      { ...parameters, ...seen.parameters },
    );
  });
}

const outcomeOf = ({ segment, deal_type, size, points, deals, won }: PricedCell): Outcome => ({
  stratum: JSON.stringify([segment, deal_type, size]),
  ...{ x: points, deals, won },
});

function groupOf(
  id: string,
  name: string,
  cells: readonly PricedCell[],
  minimumEffect: number,
): WinRateGroup {
  const total = (of: (cell: PricedCell) => number) => cells.reduce((sum, cell) => sum + of(cell), 0);
  const [deals, won] = [total((cell) => cell.deals), total((cell) => cell.won)];
  const enough = Math.min(won, deals - won) >= MINIMUM_DEALS;
  const found = enough ? slopeWithin(cells.map(outcomeOf)) : null;
  const [list, net, cost] = [
    total((cell) => cell.list),
    total((cell) => cell.net),
    total((cell) => cell.cost),
  ];
  const margin = net > 0 && cost > 0 ? (net - cost) / net : null;
  return {
    ...{ id, name, deals, won, margin },
    change:
      found &&
      judge({ estimate: STEP * found.slope, error: STEP * found.error, df: found.df }, minimumEffect),
    p: found?.p ?? 1,
    breakEven: margin === null ? null : breakEvenLift(((STEP / 100) * list) / net, margin),
  };
}

/**
 * Win rates of closed deals by the discount that was last offered: the last quote by the close where there is one, else
 * the deal's lines. What goes with five points more is told within segment, deal type and size, for all and for each
 * segment and size. Association: hard deals get discounts.
 */
export function winRate(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<WinRate> {
  return warehouse.remember(`win rate by discount ${askedKey(asking, scope)}`, async () => {
    const { rows: cells, kind } = await cellsOf(warehouse, asking, scope);
    const minimumEffect = minimumEffectOf(warehouse, 'win_rate');
    const named = (ids: readonly string[], prefix: string, of: (cell: PricedCell) => string) =>
      ids.map((id) =>
        groupOf(
          `${prefix}/${id}`,
          id,
          cells.filter((cell) => of(cell) === id),
          minimumEffect,
        ),
      );
    const segments = [...new Set(cells.map(({ segment }) => segment))].filter((one) => one !== '').sort();
    const bands = [...new Set(cells.map(({ band }) => band))].sort((a, b) => a - b).map(String);
    return {
      kind,
      all: groupOf('all', 'all closed deals', cells, minimumEffect),
      groups: [
        ...named(segments, 'segment', ({ segment }) => segment),
        ...named(bands, 'size', ({ band }) => String(band)),
      ],
      bins: discountBins(cells, (cell) => ({ ...outcomeOf(cell), x: cell.from })),
      quoted: cells.reduce((sum, { quoted }) => sum + quoted, 0),
    };
  });
}
