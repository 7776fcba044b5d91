import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { crossFittedSteps, type Expected } from '../../statistics/crossFitted.ts';
import type { Factor, MixCell } from '../../statistics/mixModel.ts';
import { inTurns } from '../../statistics/steps.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { decidedDeals, ofDecided, type Decided } from './decidedDeals.ts';

/** Deals of one rep and customer that are alike, summed. */
export interface ExcessCell extends MixCell {
  rep: string;
  repName: string;
  region: string;
  group: string;
  groupName: string;
  account: string;
  side: 0 | 1;
  net: number;
  /** Net and cost of deals whose cost is known. */
  costedNet: number;
  cost: number;
  from: string;
  to: string;
}

/** What each cell's deals are expected to give: without the rep's own deals, and without the customer's. */
export interface ExpectedCell {
  cell: ExcessCell;
  byRep: Expected;
  byCustomer: Expected;
}

type Row = Omit<ExcessCell, 'levels' | 'unit'> & Record<(typeof factors)[number]['name'], string>;

/** As on the page of teams: a level is held to the mean by a deal's worth, a pair of levels by ten. */
const factors = [
  { name: 'segment', prior: 1 },
  { name: 'deal_type', prior: 1 },
  { name: 'family', prior: 1 },
  { name: 'size', prior: 1, ordered: true },
  { name: 'period', prior: 1 },
] as const satisfies readonly Factor[];
const pair: Factor = { name: 'segment and deal type', prior: 10 };

async function rowsOf(warehouse: Warehouse, asking: Asking, scope: Scope) {
  return ofDecided((kind) => {
    const { sql, parameters } = decidedDeals(warehouse, asking, scope, kind);
    return warehouse.rows<Row>(
      `with recursive ${sql}
       select coalesce(rep, '') as rep, any_value(rep_name) as "repName", region, coalesce(group_id, '') as "group",
         any_value(group_name) as "groupName", coalesce(account_id, '') as account,
         segment, deal_type, family, size, period, side, count(*) as deals, count(*) as counted,
         count(*) as "countedSquares", sum(list) as weight, sum(list * list) as squares, sum(discount) as outcome,
         sum(discount / list) as rates, sum((discount / list) ** 2) as "squaredRates", sum(net) as net,
         coalesce(sum(net) filter (cost is not null), 0) as "costedNet", coalesce(sum(cost), 0) as cost,
         min(closed_on)::varchar as "from", max(closed_on)::varchar as "to"
       from decided
       group by rep, region, group_id, account_id, segment, deal_type, family, size, period, side
       order by all`,
      parameters,
    );
  });
}

/**
 * Won deals with what others give on such deals: a model of the mix (segment, deal type, family, size, quarter) fitted
 * on either side of the split of time by itself, so that an error of the model does not seem to last.
 */
export async function excessCells(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ cells: ExpectedCell[]; kind: Decided }> {
  const { rows, kind } = await rowsOf(warehouse, asking, scope);
  const cells = rows.map((row): ExcessCell => {
    const levels: string[] = factors.map(({ name }) => row[name]);
    levels.push(`${row.segment}\n${row.deal_type}`);
    // There may be as many rows as deals: they become cells in place.
    return Object.assign(row, { unit: row.rep, levels });
  });
  const told: ExpectedCell[][] = [];
  for (const side of [0, 1] as const) {
    const own = cells.filter((cell) => cell.side === side);
    const divisions = [({ rep }: ExcessCell) => rep, ({ group }: ExcessCell) => group];
    const expected = await inTurns(crossFittedSteps(own, [...factors, pair], divisions));
    if (!expected) continue;
    const [reps, groups] = expected;
    told.push(own.map((cell, at) => ({ cell, byRep: reps![at]!, byCustomer: groups![at]! })));
  }
  return { cells: told.flat(), kind };
}
