import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { asFinding, findingColumns, type Finding, type FindingRow } from './finding.ts';
import { findingRows } from './findingRows.ts';
import { thingsSql } from './things.ts';

/** Exceptions of a week that a page shows at most, and of one kind while others matter. Ours, as is the second. */
const SHOWN = 10;
export const OF_A_KIND = 3;

/** Findings of one cause about one customer, or about one deal: one thing to act on. */
export interface WeekFinding extends Finding {
  /** Findings that stand behind it, itself included, and what they come to together. */
  findings: number;
  together: number;
}

/** What was there the week before and is gone now, of one state. */
export interface Settled {
  state: 'recovered' | 'lapsed' | 'gone';
  findings: number;
  amount: number;
}

export interface Week {
  shown: WeekFinding[];
  /** All that is open and not decided as done or no problem: findings, and the things to act on that they make. */
  findings: number;
  things: number;
  amount: number;
  settled: Settled[];
  /** The largest of what is settled, recovered first. */
  settledShown: Finding[];
  /** The day as of which the week before is known; null where none is. */
  before: string | null;
  ignored: string[];
}

/** The day as of which the week before was looked at. */
const weekBefore = `(select max(seen_on) from raw.finding_day where seen_on < (select data_on from meta.build))`;

/**
 * The week's exceptions: the ten things with most dollars that can still be acted on, of one kind at most three while
 * another kind has any left.
 */
export async function week(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Week> {
  const { test, parameters, ignored } = findingRows(asking, scope);
  const key = JSON.stringify([parameters, test]);
  const [things, settled, settledShown, days] = await Promise.all([
    warehouse.remember(`week's findings ${key}`, () =>
      warehouse.rows<
        FindingRow & { findings: number; together: number; all_findings: number; things: number; all: number }
      >(
        `with ${thingsSql(test)},
         placed as (
           select *, row_number() over (partition by of_kind order by together desc, finding_id) as place,
             count(*) over () as things, sum(findings) over () as all_findings, sum(together) over () as "all"
           from thing
         ),
         chosen as (
           select * from placed order by place > ${OF_A_KIND}, together desc, finding_id limit ${SHOWN}
         )
         select ${findingColumns}, findings, together, things, all_findings, "all"
         from chosen join open using (finding_id)
         order by together desc, finding_id`,
        parameters,
      ),
    ),
    warehouse.remember(`settled findings ${key}`, () =>
      warehouse.rows<Settled>(
        `select state, count(*) as findings, sum(amount_base) as amount from marts.fact_finding
         where not is_there and last_seen_on = ${weekBefore} and ${test}
         group by state order by state desc`,
        parameters,
      ),
    ),
    warehouse.remember(`largest settled findings ${key}`, () =>
      warehouse.rows<FindingRow>(
        `select ${findingColumns} from marts.fact_finding
         where not is_there and last_seen_on = ${weekBefore} and ${test}
         order by state = 'gone', amount_base desc, finding_id limit 5`,
        parameters,
      ),
    ),
    warehouse.remember(`week before the findings ${JSON.stringify(scope)}`, () =>
      warehouse.rows<{ day: string | null }>(`select ${weekBefore} as day`),
    ),
  ]);
  const [first] = things;
  return {
    shown: things.map(({ things: _, all_findings: __, all: ___, findings, together, ...row }) => ({
      ...asFinding(row),
      findings,
      together: Number(together),
    })),
    findings: Number(first?.all_findings ?? 0),
    things: Number(first?.things ?? 0),
    amount: Number(first?.all ?? 0),
    settled,
    settledShown: settledShown.map(asFinding),
    before: days[0]?.day ?? null,
    ignored,
  };
}
