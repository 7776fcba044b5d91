import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { benchmark, type Benchmark } from '../../statistics/benchmark.ts';
import { againstRest } from '../../statistics/leaveOut.ts';
import type { Factor, MixCell } from '../../statistics/mixModel.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { TeamUnit } from '../teams/teamBenchmarks.ts';
import { askedOf } from './askedOf.ts';
import { askedKey } from './dealRates.ts';
import { decidedRequests } from './decidedRequests.ts';

/** Approvers on a funnel for one figure. */
export type ApproverBenchmark = Pick<Benchmark, 'scale' | 'between'> & { units: TeamUnit[] };

export interface Approvers {
  /** How often each grants what is asked, and how much of list each grants. */
  granted: ApproverBenchmark;
  depth: ApproverBenchmark;
  /** Requests decided. */
  decided: number;
}

interface DecidedCell {
  approver_id: string;
  approver_name: string;
  role: string;
  asked: string;
  segment: string;
  deal_type: string;
  size: string;
  n: number;
  approved: number;
  /** Of approvals whose rate and list are known: number, Σ list, Σ list², Σ list × rate, Σ rate, Σ rate². */
  rated: number;
  list: number;
  lists: number;
  given: number;
  rates: number;
  squares: number;
}

/** Ours: a level of the mix is held to the mean by a request's worth. */
const PRIOR = 1;
const factors = (names: string[]): Factor[] => names.map((name) => ({ name, prior: PRIOR }));

function compared(
  rows: readonly DecidedCell[],
  cellOf: (row: DecidedCell) => MixCell | null,
  names: string[],
) {
  const cells = rows.flatMap((row) => cellOf(row) ?? []);
  const named = new Map(rows.map((row) => [row.approver_id, row.approver_name]));
  const { units, ...rest } = benchmark(againstRest(cells, factors(names)), 'ratio');
  return { ...rest, units: units.map((unit) => ({ ...unit, name: named.get(unit.unit)! })) };
}

/** Of decisions the share that was granted: every decision counts once. */
const share = ({ approver_id: unit, role, asked, segment, n, approved }: DecidedCell): MixCell => ({
  ...{ unit, levels: [role, asked, segment], deals: n, weight: n, squares: n, outcome: approved },
  ...{ counted: n, countedSquares: n, rates: approved, squaredRates: approved },
});

/** Dollars granted by list, as a rate is a ratio of sums; the model is fitted to decisions that count once each. */
function depth(row: DecidedCell): MixCell | null {
  const { approver_id: unit, role, segment, deal_type: type, size, rated, list, lists, given } = row;
  if (rated === 0) return null;
  return {
    ...{
      unit,
      levels: [role, segment, type, size],
      deals: rated,
      weight: list,
      squares: lists,
      outcome: given,
    },
    ...{ counted: rated, countedSquares: rated, rates: row.rates, squaredRates: row.squares },
  };
}

/**
 * Each approver's share of requests granted and of list granted as discount, beside what others of the same role decide
 * on such requests. Requests by the day on which they were made; those still pending are not counted.
 */
export function approvers(warehouse: Warehouse, asked: Asking, scope: Scope): Promise<Approvers> {
  const { asking } = askedOf(asked, 'exception');
  return warehouse.remember(`approvers ${askedKey(asking, scope)}`, async () => {
    const { sql, parameters } = decidedRequests(warehouse, asked, scope);
    const rows = await warehouse.rows<DecidedCell>(
      `with ${sql},
       one as (
         select approver_id, approver_name, decision = 'approved' as is_approved,
           if(list_amount_base > 0, approved_rate / 100, null) as granted,
           if(approved_rate is not null and list_amount_base > 0, list_amount_base, null)::double as list,
           coalesce(floor(requested_rate / 5)::varchar, '') as asked,
           coalesce(segment, '') as segment, coalesce(deal_type::varchar, '') as deal_type,
           coalesce(floor(2 * log10(nullif(greatest(1, list_amount_base), 0)))::varchar, '') as size,
           coalesce(place.role, '') as role
         from decided
         left join lateral (
           select any_value(role) as role from core.person_assignment
           where person_id = decided.approver_id
             and coalesce(valid_from <= decided.decided_on, true) and coalesce(valid_to > decided.decided_on, true)
         ) place on true
       )
       select approver_id, any_value(approver_name) as approver_name, role, asked, segment, deal_type, size,
         count(*) as n, count(*) filter (is_approved) as approved, count(granted) as rated,
         coalesce(sum(list), 0) as list, coalesce(sum(list * list), 0) as lists,
         coalesce(sum(list * granted), 0) as given, coalesce(sum(granted), 0) as rates,
         coalesce(sum(granted * granted), 0) as squares
       from one group by all order by all`,
      parameters,
    );
    return {
      granted: compared(rows, share, ['role', 'asked', 'segment']),
      depth: compared(rows, depth, ['role', 'segment', 'deal type', 'size']),
      decided: rows.reduce((sum, { n }) => sum + n, 0),
    };
  });
}
