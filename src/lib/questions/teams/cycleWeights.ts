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
          select coalesce(${rep}, '') as rep, created_on from seen_deal where created_on is not null
        ),
        by_day as (select created_on as day, count(*) as n from created group by created_on),
        share as (
          select day, sum(n) over (order by day) / sum(n) over () as upto
          from by_day
        ),
        won as (
          select deal_id, coalesce(${rep}, '') as rep,
            $end::date - cycle_days::integer as latest,
            coalesce($start::date, date '0001-01-01') - cycle_days::integer as earliest
          from asked join seen_deal using (deal_id)
          where asked.won_deals > 0 and cycle_days >= 0
        ),
        of_rep as (
          select deal_id, any_value(latest) as latest, any_value(earliest) as earliest, any_value(rep) as rep,
            count(*) filter (created_on >= earliest and created_on < latest) as n, count(*) as whole
          from won join created using (rep) group by deal_id
        ),
        of_all as (
          select taken.latest, taken.earliest,
            coalesce(max(upto) filter (day < taken.latest), 0) - coalesce(max(upto) filter (day < taken.earliest), 0) as seen
          from (select distinct latest, earliest from of_rep) taken, share group by all
        ),
        chance as (
          select deal_id, rep, (n + ${COMPANY_DEALS} * seen) / (whole + ${COMPANY_DEALS}) as seen
          from of_rep join of_all using (latest, earliest)
        ),
        inverse as (
          select deal_id, rep, 1 / greatest(${LEAST_SEEN}, seen / max(seen) over ()) as raw
          from chance where seen > 0
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
