import { addDays } from '../../metrics/span.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** How far back it is recorded that owners end. */
export interface RecordedEnds {
  /** Whether any export says who owns an account, whatever is asked about. */
  isKnown: boolean;
  /** The first day on which an owner's role is recorded to have ended; null where none is. */
  firstEnd: string | null;
  /** First day of the fiscal quarter of `firstEnd`, at which spans are cut. */
  from: string | null;
}

/**
 * From when on an account can be seen to lose its owner. Before the first recorded end every owner that is known stays,
 * which no source says: days from before would make owners look steadier than they are.
 */
export async function recordedEnds(warehouse: Warehouse): Promise<RecordedEnds> {
  const [row] = await warehouse.remember('recorded ends of owners', () =>
    warehouse.rows<{ known: boolean; first_end: string | null }>(
      `with ended as (
         select least(coalesce(valid_to, date '9999-12-31'), coalesce(active_to, date '9999-12-31')) as held_to
         from core.account_role
         left join (select person_id, any_value(active_to) as active_to from core.person group by person_id) using (person_id)
         where role = 'owner'
       )
       select count(*) > 0 as known, min(held_to) filter (held_to <= data_on)::varchar as first_end
       from ended cross join meta.build`,
    ),
  );
  const firstEnd = row?.first_end ?? null;
  const quarter = warehouse.periods.findLast(
    ({ kind, starts_on }) => kind === 'quarter' && firstEnd !== null && starts_on <= firstEnd,
  );
  return { isKnown: row?.known ?? false, firstEnd, from: quarter?.starts_on ?? firstEnd };
}

/** The asking from `from` on; null where all that is asked about lies before. */
export function askedFrom(asking: Asking, from: string | null): Asking | null {
  const { span } = asking;
  if (from === null || (span !== null && span.from !== null && span.from >= from)) return asking;
  if (span?.to != null && span.to <= from) return null;
  const to = span?.to ?? null;
  return {
    ...asking,
    period: `${from}..${to === null ? '' : addDays(to, -1)}`,
    span: { from, to, period: null },
  };
}
