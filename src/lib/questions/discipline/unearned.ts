import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import {
  dollarRange,
  excessDollarSteps,
  largestUnits,
  type DollarRange,
  type UnitDollars,
} from '../../statistics/excessDollars.ts';
import { inTurns } from '../../statistics/steps.ts';
import { splitUnits, type SplitPart } from '../../statistics/splitUnits.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { atVolume, volumeLines, type Buyer, type Line } from '../../statistics/volumeCurve.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedKey } from './dealRates.ts';
import { decidedDeals, ofDecided, type Decided } from './decidedDeals.ts';
import { longEnough } from './halves.ts';

/** A customer's deals on one side of the split, as the database sums them. */
interface BuyerRow extends Buyer {
  account_id: string;
  name: string;
  group_name: string;
  total: number;
  list: number;
  squares: number;
  discount: number;
  from: string;
  to: string;
}

export interface UnearnedUnit extends UnitDollars {
  name: string;
  segment: string;
  /** Customers of the group, by id; one where it has no group. */
  customers: string[];
  /** Discount ÷ list, and what its customers' volumes earn by others' deals. */
  rate: number;
  expected: number;
  /** List that a customer of it bought in a year, on average. */
  listAYear: number;
  /** It has deals enough to be compared by itself. */
  isCompared: boolean;
}

export interface Unearned {
  kind: Decided;
  /** Null where no deal says on which side of the split it lies, or nobody has deals on both. */
  range: DollarRange | null;
  units: UnearnedUnit[];
  lines: { segment: string; line: Line; from: number; to: number }[];
  deals: number;
  customers: number;
  /** Deals of customers who bought on one side only: nothing is known to last there. */
  once: number;
  /** Deals in segments with too few other customers to expect anything of. */
  alone: number;
  list: number;
  /** Customers and groups beyond the largest that are looked at. */
  left: number;
  years: number;
  from: string | null;
  to: string | null;
}

function groupedBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const own = groups.get(key);
    if (own) own.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

/** Of a year, leap years included. */
const DAYS = 365.25;

/** Years from the first day to the last, half a year at least. */
export const yearsBetween = (from: string, to: string): number =>
  Math.max(0.5, (Date.parse(to) - Date.parse(from)) / 86_400_000 / DAYS);

async function buyersOf(warehouse: Warehouse, asking: Asking, scope: Scope) {
  return ofDecided((kind) => {
    const { sql, parameters } = decidedDeals(warehouse, asking, scope, kind);
    return warehouse.rows<BuyerRow>(
      `with recursive ${sql},
       side as (
         select account_id, any_value(account_name) as name, group_id as "group", any_value(group_name) as group_name,
           mode(segment) as segment, side, count(*) as deals, sum(discount / list) as rates,
           sum((discount / list) ** 2) as "squaredRates", sum(list) as list, sum(list * list) as squares,
           sum(discount) as discount, min(closed_on)::varchar as "from", max(closed_on)::varchar as "to"
         from decided where account_id is not null and segment <> '' group by account_id, group_id, side
       )
       select side.*, sum(list) over (partition by account_id) as total, 0 as volume
       from side order by account_id, side`,
      parameters,
    );
  });
}

type Told = { row: BuyerRow; value: number; variance: number };

function partOf({ row, value, variance }: Told): SplitPart {
  const { group: unit, side, deals, list, squares } = row;
  return {
    ...{ unit, side, deals, list, squares },
    excess: row.rates - deals * value,
    variance: deals * variance,
    dollars: row.discount - list * value,
  };
}

function unitOf(unit: UnitDollars, own: readonly Told[], years: number): UnearnedUnit {
  const total = (of: (one: Told) => number) => own.reduce((sum, one) => sum + of(one), 0);
  const customers = [...new Set(own.map(({ row }) => row.account_id))];
  const list = total(({ row }) => row.list);
  return {
    ...unit,
    ...{ customers, segment: own[0]!.row.segment },
    name: own[0]!.row.group_name,
    rate: total(({ row }) => row.discount) / list,
    expected: total(({ row, value }) => row.list * value) / list,
    listAYear: list / customers.length / years,
    isCompared: unit.deals >= MINIMUM_DEALS,
  };
}

/**
 * What customers get beyond what their volume earns others of their segment, and for good. Customers of one group
 * are one: each is expected to pay for its own volume, by customers outside of the group, and what they get beyond
 * is the group's. Its sums are of the time looked at, not of a year.
 */
export function unearned(warehouse: Warehouse, asked: Asking, scope: Scope): Promise<Unearned> {
  const asking = longEnough(asked);
  return warehouse.remember(`unearned ${askedKey(asking, scope)}`, async () => {
    const { rows, kind } = await buyersOf(warehouse, asking, scope);
    const from = rows.reduce<string | null>(
      (least, row) => (!least || row.from < least ? row.from : least),
      null,
    );
    const to = rows.reduce<string | null>((most, row) => (!most || row.to > most ? row.to : most), null);
    const years = from && to ? yearsBetween(from, to) : 1;
    for (const row of rows) row.volume = Math.log2(row.total / years);
    const expected = atVolume(rows);
    const told = rows.flatMap((row, at): Told[] => (expected[at] ? [{ row, ...expected[at] }] : []));
    const { units: both, once } = splitUnits(told.map(partOf));
    const { units, left } = largestUnits(both);
    const dealsOf = (of: readonly { deals: number }[]) => of.reduce((sum, { deals }) => sum + deals, 0);
    const byGroup = groupedBy(told, ({ row }) => row.group);
    const found =
      units.length > 1 ? await inTurns(excessDollarSteps(units, { percentile: null, least: 0 })) : null;
    const places = groupedBy(rows, ({ segment }) => segment);
    return {
      kind,
      range: found && dollarRange([found]),
      units: (found?.units ?? [])
        .map((unit) => unitOf(unit, byGroup.get(unit.unit)!, years))
        .toSorted((a, b) => b.beyond - a.beyond || b.deals - a.deals || (a.unit < b.unit ? -1 : 1)),
      lines: [...volumeLines(rows)].map(([segment, line]) => {
        const volumes = places.get(segment)!.map(({ volume }) => volume);
        const ends = volumes.reduce(
          ([low, high], one) => [Math.min(low!, one), Math.max(high!, one)],
          [Infinity, -Infinity],
        );
        return { segment, line, from: ends[0]!, to: ends[1]! };
      }),
      deals: dealsOf(rows),
      customers: new Set(rows.map(({ account_id }) => account_id)).size,
      once: once.reduce((sum, { sides }) => sum + dealsOf(sides), 0),
      alone: dealsOf(rows) - dealsOf(told.map(({ row }) => row)),
      list: rows.reduce((sum, { list }) => sum + list, 0),
      ...{ left, years, from, to },
    };
  });
}
