import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import {
  dollarRange,
  excessDollarSteps,
  largestUnits,
  type DollarRange,
  type ExcessDollars,
  type UnitDollars,
} from '../../statistics/excessDollars.ts';
import { inTurns } from '../../statistics/steps.ts';
import { splitUnits, type SplitPart } from '../../statistics/splitUnits.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Expected } from '../../statistics/crossFitted.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { askedKey } from './dealRates.ts';
import type { Decided } from './decidedDeals.ts';
import { excessCells, type ExcessCell, type ExpectedCell } from './excessCells.ts';
import { longEnough } from './halves.ts';
import { yearsBetween } from './unearned.ts';

export interface LastingUnit extends UnitDollars {
  kind: 'rep' | 'customer';
  name: string;
  /** Customers behind it, by id, where it is a customer or a group. */
  customers: string[];
  /** Its dollars beyond the line a year, by region of the deals. */
  byRegion: Map<string, number>;
  isCompared: boolean;
}

/** What reps and customers give and get beyond comparable deals for good; amounts a year. */
export interface LastingExcess {
  kind: Decided;
  range: DollarRange | null;
  reps: DollarRange | null;
  customers: DollarRange | null;
  units: LastingUnit[];
  /** Reps and customers beyond the largest that are looked at. */
  left: number;
  deals: number;
  list: number;
  years: number;
  from: string | null;
  to: string | null;
  /** Deals of units whose excess counts: number, net, and what of it was left after cost; null where cost is unknown. */
  affected: { deals: number; net: number; margin: number | null; costKnown: number };
}

function part(
  unit: string,
  { cell, expected, more }: { cell: ExcessCell; expected: Expected; more: number },
): SplitPart {
  const value = expected.value + more;
  return {
    ...{ unit, side: cell.side, deals: cell.deals, list: cell.weight, squares: cell.squares },
    excess: cell.rates - cell.counted * value,
    variance: cell.countedSquares * expected.variance,
    dollars: cell.outcome - cell.weight * value,
  };
}

const aYear = (range: DollarRange, years: number): DollarRange => ({
  estimate: range.estimate / years,
  low: range.low / years,
  high: range.high / years,
  byChance: range.byChance / years,
  p: range.p,
});

function described(
  found: ExcessDollars,
  kind: LastingUnit['kind'],
  told: readonly ExpectedCell[],
  years: number,
) {
  const own = new Map<string, { name: string; customers: Set<string>; regions: Map<string, number> }>();
  for (const { cell } of told) {
    const key = kind === 'rep' ? cell.rep : cell.group;
    let of = own.get(key);
    if (!of) {
      const name = (kind === 'rep' ? cell.repName : cell.groupName) ?? key;
      own.set(key, (of = { name, customers: new Set(), regions: new Map() }));
    }
    if (kind === 'customer') of.customers.add(cell.account);
    of.regions.set(cell.region, (of.regions.get(cell.region) ?? 0) + cell.weight);
  }
  return found.units.map((unit): LastingUnit => {
    const { name, customers, regions } = own.get(unit.unit)!;
    const beyond = unit.beyond / years;
    return {
      ...unit,
      ...{ kind, name, beyond },
      customers: [...customers],
      byRegion: new Map([...regions].map(([region, list]) => [region, (beyond * list) / unit.list])),
      isCompared: unit.deals >= MINIMUM_DEALS,
    };
  });
}

function affectedOf(told: readonly ExpectedCell[], units: readonly LastingUnit[], years: number) {
  const [reps, groups] = (['rep', 'customer'] as const).map(
    (kind) => new Set(units.filter((unit) => unit.kind === kind && unit.beyond > 0).map(({ unit }) => unit)),
  );
  const sums = { deals: 0, net: 0, costedNet: 0, cost: 0 };
  for (const { cell } of told) {
    if (!reps!.has(cell.rep) && !groups!.has(cell.group)) continue;
    sums.deals += cell.deals;
    sums.net += cell.net;
    sums.costedNet += cell.costedNet;
    sums.cost += cell.cost;
  }
  const left = sums.costedNet > 0 ? (sums.costedNet - sums.cost) / sums.costedNet : null;
  return {
    deals: sums.deals / years,
    net: sums.net / years,
    margin: left === null ? null : (sums.net * left) / years,
    costKnown: sums.net > 0 ? sums.costedNet / sums.net : 0,
  };
}

/**
 * What reps give, and customers get, for good beyond what others give on comparable deals. Reps come first; a
 * customer's excess is what is left of it when each of its deals is held against its rep's own, so that nothing is
 * counted twice.
 */
export function lastingExcess(
  warehouse: Warehouse,
  asked: Asking,
  scope: Scope,
  percentile: number,
): Promise<LastingExcess> {
  const asking = longEnough(asked);
  return warehouse.remember(`lasting excess ${askedKey(asking, scope)} ${percentile}`, async () => {
    const { cells, kind } = await excessCells(warehouse, asking, scope);
    const by = { percentile, least: minimumEffectOf(warehouse, 'discount_rate') };
    const ofReps = cells.filter(({ cell }) => cell.rep !== '');
    const { units: reps, left: leftReps } = largestUnits(
      splitUnits(ofReps.map(({ cell, byRep }) => part(cell.rep, { cell, expected: byRep, more: 0 }))).units,
    );
    const foundReps = reps.length > 1 ? await inTurns(excessDollarSteps(reps, by)) : null;
    const given = new Map(foundReps?.units.map(({ unit, believed }) => [unit, believed]));
    const { units: groups, left: leftGroups } = largestUnits(
      splitUnits(
        cells
          .filter(({ cell }) => cell.group !== '')
          .map(({ cell, byCustomer }) =>
            part(cell.group, { cell, expected: byCustomer, more: given.get(cell.rep) ?? 0 }),
          ),
      ).units,
    );
    const foundGroups = groups.length > 1 ? await inTurns(excessDollarSteps(groups, by)) : null;
    const from = cells.reduce<string | null>(
      (least, { cell }) => (!least || cell.from < least ? cell.from : least),
      null,
    );
    const to = cells.reduce<string | null>(
      (most, { cell }) => (!most || cell.to > most ? cell.to : most),
      null,
    );
    const years = from && to ? yearsBetween(from, to) : 1;
    const parts = [foundReps, foundGroups].filter((found) => found !== null);
    const units = [
      ...(foundReps ? described(foundReps, 'rep', ofReps, years) : []),
      ...(foundGroups ? described(foundGroups, 'customer', cells, years) : []),
    ].toSorted((a, b) => b.beyond - a.beyond || b.deals - a.deals || (a.unit < b.unit ? -1 : 1));
    return {
      kind,
      // Without others to hold reps against, what customers get can't be told from what their rep gives.
      range: foundReps ? aYear(dollarRange(parts), years) : null,
      reps: foundReps && aYear(dollarRange([foundReps]), years),
      customers: foundGroups && aYear(dollarRange([foundGroups]), years),
      ...{ units, years, from, to },
      left: leftReps + leftGroups,
      deals: cells.reduce((sum, { cell }) => sum + cell.deals, 0),
      list: cells.reduce((sum, { cell }) => sum + cell.weight, 0) / years,
      affected: affectedOf(cells, units, years),
    };
  });
}
