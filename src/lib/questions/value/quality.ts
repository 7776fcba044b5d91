import { requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { shareGap, shareRatio } from '../../statistics/twoGroups.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { only, smallestWorthActing } from './asked.ts';
import type { Compared } from './comparison.ts';
import { basisOfOutcomes } from './groups.ts';

export type SignId = 'outcomes' | 'personal' | 'allies' | 'insights';

/** A sign of good selling, over deals of which it is recorded. */
export interface Sign {
  id: SignId;
  /** Deals of which it is recorded whether it was so. */
  known: number;
  /** Deals with it. */
  seen: number;
  /** How many of them per deal of which it is recorded; null where it is only said that there were some. */
  perDeal: number | null;
  winWith: number | null;
  winWithInterval: Interval | null;
  winWithout: number | null;
}

/** Over deals: whether it is recorded, whether it was seen, and how many. */
const signs: Record<SignId, { known: string; seen: string; many: string | null }> = {
  outcomes: {
    // Who records amounts records them where there are some: only watched deals say that there were none.
    known: `is_outcome_seen is not null
      or (outcomes_identified > 0 and not (select coalesce(bool_or(is_outcome_seen is not null), false) from sold))`,
    seen: 'coalesce(outcomes_quantified > 0, false) or coalesce(is_outcome_seen, false)',
    many: 'outcomes_quantified',
  },
  personal: { known: 'is_personal_seen is not null', seen: 'is_personal_seen', many: null },
  allies: {
    known: 'allies is not null or is_ally_seen is not null',
    seen: 'coalesce(allies > 0, false) or coalesce(is_ally_seen, false)',
    many: 'allies',
  },
  insights: { known: 'insights is not null', seen: 'insights > 0', many: 'insights' },
};

type Count = 'known' | 'seen' | 'won_with' | 'lost_with' | 'won_without' | 'lost_without' | 'many';
type Row = { id: SignId } & Record<Exclude<Count, 'many'>, number> & { many: number | null };

const any = only('is_closed', ['true', 'false', '']);

/**
 * Quality of selling where it is recorded, and how often deals with it and without were won: association. Calls, mails
 * and talk time are not quality and are not asked for. Null where nothing of the kind is recorded.
 */
export async function quality(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ signs: Sign[]; deals: number; compared: Compared[] } | null> {
  const { withoutRenewals } = await basisOfOutcomes(warehouse);
  const request = requestOf(
    { ...asking, filters: [...asking.filters, any] },
    { measures: ['deals_with_quality'], by: ['deal_id'] },
  );
  const { sql, parameters } = compileFor(warehouse, request, scope);
  const fresh = withoutRenewals ? `deal_type is distinct from 'renewal'` : 'true';
  const counted = Object.entries(signs).map(
    ([id, { known, seen, many }]) =>
      `select '${id}' as id, count(*) filter (${known})::double as known,
        count(*) filter ((${known}) and (${seen}))::double as seen,
        ${['won', 'lost']
          .flatMap((end) =>
            ['with', 'without'].map(
              (
                which,
              ) => `count(*) filter (${fresh} and ${end === 'won' ? 'is_won' : 'is_closed and not is_won'}
                and (${known}) and ${which === 'with' ? '' : 'not '}(${seen}))::double as ${end}_${which}`,
            ),
          )
          .join(', ')},
        ${many === null ? 'null' : `avg(${many})`}::double as many
      from sold`,
  );
  const rows = await warehouse.remember(
    `quality of selling ${sql} ${JSON.stringify([parameters, fresh])}`,
    () =>
      warehouse.rows<Row>(
        `with sold as (
         select * from marts.fact_selling_quality where deal_id in (select deal_id from (${sql}) where not is_total)
       ) ${counted.join(' union all ')}`,
        parameters,
      ),
  );
  const deals = Math.max(0, ...rows.map(({ known }) => known));
  if (deals === 0) return null;
  const minimumEffect = smallestWorthActing(warehouse, 'win_rate');
  const told = rows.filter(({ known, seen }) => known > 0 && seen > 0);
  const sides = (row: Row) => ({
    one: { hits: row.won_with, n: row.won_with + row.lost_with },
    other: { hits: row.won_without, n: row.won_without + row.lost_without },
  });
  return {
    deals,
    signs: told.map((row): Sign => {
      const { one, other } = sides(row);
      return {
        ...{ id: row.id, known: row.known, seen: row.seen, perDeal: row.many },
        winWith: one.n > 0 ? one.hits / one.n : null,
        winWithInterval: wilson(one.hits, one.n),
        winWithout: other.n > 0 ? other.hits / other.n : null,
      };
    }),
    compared: told.map((row): Compared => {
      const { one, other } = sides(row);
      return {
        ...shareGap(one, other, minimumEffect),
        ...{ id: `quality, ${row.id}`, measure: 'win_rate', minimumEffect, stands: false },
        one: one.n > 0 ? one.hits / one.n : null,
        other: other.n > 0 ? other.hits / other.n : null,
        ratio: one.n > 0 && other.n > 0 ? shareRatio(one, other) : null,
      };
    }),
  };
}
