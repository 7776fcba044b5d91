import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { survivors } from '../../statistics/falseDiscovery.ts';
import { againstRest } from '../../statistics/leaveOut.ts';
import type { MixCell } from '../../statistics/mixModel.ts';
import { FALSE_DISCOVERY_RATE, MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { twoSidedT } from '../../statistics/studentT.ts';
import { judge, type Judged } from '../../statistics/verdict.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedDeals, askedKey, SIZE } from './asked.ts';
import { BAND, bands } from './bands.ts';

export type Outcome = 'stayed' | 'recurring' | 'service';

/** What became of the customers of a band in one respect, beside what the mix of theirs comes to in other bands. */
export interface BandOutcome {
  observed: number;
  expected: number;
  /** observed − expected; "cannot tell" and the like by the smallest difference worth acting on. */
  difference: Judged;
  p: number;
  /** Survives a false-discovery rate of 10% over all bands and outcomes. */
  stands: boolean;
}

export interface Band {
  band: string;
  customers: number;
  /** Null where not known, or not compared. */
  outcomes: Record<Outcome, BandOutcome | null>;
}

interface Row {
  band: string;
  segment: string;
  family: string;
  size: string;
  quarter: string;
  stayed: number;
  paid: number;
  year: number;
  list: number;
  service: number | null;
}

/** Customers are read one by one, so of more than these as many by chance, the same each time. */
const MOST_CUSTOMERS = 20_000;

/** Ours: differences smaller than these are not worth acting on; shares of customers, of recurring amount, of list. */
const SMALLEST: Record<Outcome, number> = { stayed: 0.03, recurring: 0.03, service: 0.01 };

const sides: Record<Outcome, (row: Row) => { weight: number; outcome: number | null }> = {
  stayed: ({ stayed }) => ({ weight: 1, outcome: stayed }),
  recurring: ({ paid, year }) => ({ weight: paid, outcome: year }),
  service: ({ list, service }) => ({ weight: list, outcome: service }),
};

function cellsOf(rows: readonly Row[], outcome: Outcome): MixCell[] {
  return rows.flatMap((row): MixCell[] => {
    const { weight, outcome: amount } = sides[outcome](row);
    if (amount === null || !(weight > 0)) return [];
    const rate = amount / weight;
    return [
      {
        ...{ unit: row.band, levels: [row.segment, row.family, row.size, row.quarter] },
        ...{ deals: 1, weight, squares: weight * weight, outcome: amount },
        ...{ counted: 1, countedSquares: 1, rates: rate, squaredRates: rate * rate },
      },
    ];
  });
}

const factors = [
  { name: 'segment', prior: 1 },
  { name: 'family', prior: 1 },
  { name: 'size', prior: 1, ordered: true },
  { name: 'quarter', prior: 1, ordered: true },
];

/** Each band beside what the same customers come to in the other bands. */
function compared(rows: readonly Row[], outcome: Outcome): Map<string, BandOutcome> {
  const found = againstRest(cellsOf(rows, outcome), factors).filter(({ deals }) => deals >= MINIMUM_DEALS);
  return new Map(
    found.map(({ unit, weight, observed, expected, error, effective }) => {
      const estimate = (observed - expected) / weight;
      const df = Math.max(1, effective - 1);
      return [
        unit,
        {
          ...{ observed: observed / weight, expected: expected / weight, stands: false },
          difference: judge({ estimate, error: error / weight, df }, SMALLEST[outcome]),
          p: twoSidedT((observed - expected) / error, df),
        },
      ];
    }),
  );
}

async function workOut(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Band[]> {
  const { tables, parameters } = askedDeals(warehouse, asking, scope);
  const rows = await warehouse.rows<Row>(
    `with ${tables}
     select ${BAND} as band, coalesce(segment, '') as segment, coalesce(product_family, '') as family,
       ${SIZE} as size, coalesce(fiscal_quarter, '') as quarter, (year_base > 0)::integer as stayed,
       paid_base::double as paid, year_base::double as year, list_base::double as list,
       service_base::double as service
     from mine where is_first and list_base > 0 and year_base is not null
     order by hash(deal_id::varchar), deal_id limit ${MOST_CUSTOMERS}`,
    parameters,
  );
  const anyServed = rows.some(({ service }) => (service ?? 0) > 0);
  const outcomes: Outcome[] = ['stayed', 'recurring', ...(anyServed ? (['service'] as const) : [])];
  const found = outcomes.map((outcome) => ({ outcome, of: compared(rows, outcome) }));
  const looked = found.flatMap(({ of }) => [...of.values()]);
  const kept = survivors(
    looked.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  looked.forEach((each, at) => (each.stands = kept[at]!));
  return bands.map((band): Band => {
    const of = (outcome: Outcome) => found.find((each) => each.outcome === outcome)?.of.get(band) ?? null;
    return {
      band,
      customers: rows.filter((row) => row.band === band).length,
      outcomes: { stayed: of('stayed'), recurring: of('recurring'), service: of('service') },
    };
  });
}

/**
 * What customers did a year after their first deal, by the band of its discount, adjusted for segment, product family,
 * size and quarter. Association: those who are given much may have been others from the start.
 */
export const yearAfter = (warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Band[]> =>
  warehouse.remember(`yearAfter ${askedKey(asking, scope)}`, () => workOut(warehouse, asking, scope));
