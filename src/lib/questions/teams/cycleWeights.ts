import { addDays } from '../../metrics/span.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { columnOf, type CellQuestion } from './cellQuery.ts';

/** Ours: a rep's own dates of creation count against so many deals of the company's. */
const COMPANY_DEALS = 20;

/** Ours: no deal counts for more than five, however seldom one so long can have been seen to close. */
const LEAST_SEEN = 0.2;

/**
 * Cycle lengths of won deals with those still open as censored: a deal that took T days can only be seen won if it
 * was created T days or more before the time asked about is over, so each counts for one over the share of
 * its rep's deals (won, lost and open) of which that is true. Inverse probability of censoring weights: Robins &
 * Rotnitzky 1992 in "AIDS Epidemiology", 297–331; that they give the Kaplan–Meier curve where there is one cause:
 * Satten & Datta 2001, The American Statistician 55, 207–210. Outcomes are logarithms of days.
 */
export function cycleQuestion(warehouse: Warehouse, asking: Asking): CellQuestion {
  const { data_on: today } = warehouse.build;
  const end = asking.span?.to && asking.span.to <= today ? asking.span.to : addDays(today, 1);
  const rep = columnOf('rep_id', asking);
  return {
    measures: ['won_deals'],
    weight: `case when asked.won_deals > 0 and deal.cycle_days >= 0 then seen.weight end`,
    outcome: `seen.weight * ln(greatest(1, deal.cycle_days))`,
    counted: 'seen.weight',
    also: {
      tables: `
        created as (
          select coalesce(${rep}, '') as rep, created_on as day, count(*) as n
          from seen_deal where created_on is not null group by all
        ),
        whole_of_rep as (select rep, sum(n) as whole from created group by rep),
        won as (
          select deal_id, coalesce(${rep}, '') as rep, cycle_days
          from asked join seen_deal using (deal_id)
          where asked.won_deals > 0 and cycle_days >= 0
        ),
        cycle as (
          select distinct rep, cycle_days,
            $end::date - cycle_days::integer as latest,
            coalesce($start::date, date '0001-01-01') - cycle_days::integer as earliest
          from won
        ),
        known_by as (
          select rep, day, sum(n) as n
          from (
            from created
            union all select rep, latest, 0 from cycle
            union all select rep, earliest, 0 from cycle
          )
          group by rep, day
        ),
        of_rep as (
          select rep, day, coalesce(sum(n) over before, 0) as upto from known_by
          window before as (
            partition by rep order by day range between unbounded preceding and interval 1 day preceding
          )
        ),
        of_all as (
          select day, coalesce(sum(sum(n)) over before, 0) / sum(sum(n)) over () as upto
          from known_by group by day
          window before as (order by day range between unbounded preceding and interval 1 day preceding)
        ),
        chance as (
          select cycle.rep, cycle_days,
            (
              own_latest.upto - own_earliest.upto + ${COMPANY_DEALS} * (all_latest.upto - all_earliest.upto)
            ) / (whole + ${COMPANY_DEALS}) as seen
          from cycle
          join whole_of_rep using (rep)
          join of_rep own_latest on own_latest.rep = cycle.rep and own_latest.day = cycle.latest
          join of_rep own_earliest on own_earliest.rep = cycle.rep and own_earliest.day = cycle.earliest
          join of_all all_latest on all_latest.day = cycle.latest
          join of_all all_earliest on all_earliest.day = cycle.earliest
        ),
        inverse as (
          select deal_id, rep, 1 / greatest(${LEAST_SEEN}, seen / max(seen) over ()) as raw
          from won join chance using (rep, cycle_days) where seen > 0
        ),
        seen as (
          select deal_id, raw * count(*) over (partition by rep) / sum(raw) over (partition by rep) as weight
          from inverse
        ),`,
      joins: 'left join seen using (deal_id)',
      parameters: { end, start: asking.span?.from ?? null },
    },
  };
}
