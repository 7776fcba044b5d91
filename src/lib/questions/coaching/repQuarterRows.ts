import { repSeen } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Sums of one rep's months over a fiscal quarter that is over, and when and by whom the rep was coached. */
export interface RepQuarterRow {
  rep: string;
  /** Quarter of the calendar, counted from its first. */
  quarter: number;
  /** The manager when coaching began; of those never coached whom they reported to longest. */
  manager: string | null;
  first_coached: number | null;
  list: number | null;
  discount: number | null;
  expected: number | null;
  square: number | null;
  decided_list: number | null;
  decided_discount: number | null;
  decided_expected: number | null;
  decided_square: number | null;
  programme_list: number | null;
  programme_discount: number | null;
  programme_expected: number | null;
  programme_square: number | null;
  won: number;
  closed: number;
  expected_won: number | null;
  /** Four weeks before the quarter's end: what was forecast, what of it stood open in commit, and what was won. */
  forecast: number | null;
  in_commit: number | null;
  actual: number | null;
  /** What the rep wins in a quarter, on average. */
  usual_actual: number | null;
}

const sums = `
  sum(list_amount_base)::double as list,
  sum(discount_base)::double as discount,
  sum(expected_discount) as expected,
  sum(list_square) as square,
  sum(discretionary_list_base)::double as decided_list,
  sum(discretionary_discount_base)::double as decided_discount,
  sum(discretionary_expected_discount) as decided_expected,
  sum(discretionary_list_square) as decided_square,
  sum(programme_list_base)::double as programme_list,
  sum(programme_discount_base)::double as programme_discount,
  sum(programme_expected_discount) as programme_expected,
  sum(programme_list_square) as programme_square,
  sum(won) as won,
  sum(won + lost) as closed,
  sum(expected_won) as expected_won`;

/** Ours: the lead time at which forecasts are judged, as on the page of forecasts. */
const WEEKS_BEFORE = 4;

/** Every quarter over by the end of what is asked about, of every rep in scope; coaching that began later is none yet. */
export function repQuarterRows(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<RepQuarterRow[]> {
  const until = asking.span?.to ?? warehouse.build.data_on;
  const seen = repSeen(scope, 'rep_id');
  return warehouse.remember(`rep quarters ${until} ${JSON.stringify(scope)}`, () =>
    warehouse.rows<RepQuarterRow>(
      `with quarter as (
         select period, starts_on, ends_on, row_number() over (order by starts_on) - 1 as at
         from meta.fiscal_period where kind = 'quarter'
       ),
       month as (
         select *, case when cadence_from < $until::date then cadence_from end as coached_from
         from marts.fact_rep_month
         where quarter_is_over and month_end <= $until::date and ${seen.test}
       ),
       forecast as (
         select
           rep_id,
           fiscal_quarter,
           sum(commit_base)::double as forecast,
           sum(open_commit_base)::double as in_commit,
           sum(actual_base)::double as actual,
           avg(sum(actual_base)::double) over (partition by rep_id) as usual_actual
         from marts.fact_forecast_week
         where source = 'deals' and weeks_before = ${WEEKS_BEFORE} and is_over and ${seen.test}
         group by rep_id, fiscal_quarter
       ),
       decider as (
         select
           rep_id,
           coalesce(
             any_value(manager_id) filter (coached_from >= month_start and coached_from < month_end),
             mode(manager_id)
           ) as manager,
           any_value(coached_from) as coached_from
         from month group by rep_id
       )
       select
         month.rep_id as rep,
         quarter.at as quarter,
         any_value(decider.manager) as manager,
         any_value(start.at) as first_coached,
         ${sums},
         any_value(forecast.forecast) as forecast,
         any_value(forecast.in_commit) as in_commit,
         any_value(forecast.actual) as actual,
         any_value(forecast.usual_actual) as usual_actual
       from month
       join quarter on quarter.period = month.fiscal_quarter
       join decider using (rep_id)
       left join forecast
         on forecast.rep_id = month.rep_id and forecast.fiscal_quarter = month.fiscal_quarter
       left join quarter start
         on start.starts_on <= decider.coached_from and start.ends_on > decider.coached_from
       group by month.rep_id, quarter.at
       order by month.rep_id, quarter.at`,
      { until, ...seen.parameters },
    ),
  );
}
