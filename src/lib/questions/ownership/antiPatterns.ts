import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { judgedCells } from './cells.ts';
import type { OwnershipSettings } from './settings.ts';

export type PatternId =
  'tco_undefined' | 'tco_with_account_manager' | 'two_roles' | 'partner_led' | 'joined_late' | 'lagging';

export interface PatternDeal {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  rep_name: string | null;
  is_closed: boolean | null;
  /** Days on which it was so; for a late delivery manager, days from joining to the close. */
  days: number;
}

export interface Pattern {
  id: PatternId;
  deals: number;
  /** Of so many deals that it could have happened to. */
  of: number;
  /** At most SHOWN, open deals first, then by days; of a late delivery manager, fewest days first. */
  list: PatternDeal[];
}

const SHOWN = 150;

interface Row extends PatternDeal {
  pattern: PatternId;
  deals: number;
}

/** What each pattern asks of a cell, in SQL; the texts are constants of ours. */
const tests: [PatternId, string, string][] = [
  ['tco_undefined', `influence = 'tco' and owners = 0`, `influence = 'tco'`],
  [
    'tco_with_account_manager',
    `influence in ('tco', 'tco_post_sale') and list_contains(owner_roles, 'account_manager')`,
    `influence = 'tco'`,
  ],
  ['two_roles', `influence in ('tco', 'tco_post_sale') and len(owner_roles) > 1`, `influence = 'tco'`],
  [
    'partner_led',
    `influence = 'tco' and is_partner_led and stage >= 3 and owners > 0 and not list_contains(owner_roles, 'partner_manager')`,
    `influence = 'tco' and is_partner_led and stage >= 3`,
  ],
  [
    'lagging',
    `owners = 1 and owned_by = 'wrong role' and role_before <> required_role and owner_roles[1] = role_before`,
    `role_before <> required_role`,
  ],
];

/**
 * The anti-patterns of document 000 ("How to Split Ownership Across the Single-Threaded Team"), each with the deals
 * behind it. A delivery manager is late who joined a won deal fewer than `late` days before its close; that limit is
 * ours, the document says "as early as possible".
 */
export async function antiPatterns(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  { stage, late }: OwnershipSettings,
): Promise<Pattern[]> {
  const { sql, parameters } = judgedCells(asking, scope, stage);
  const found = tests.map(
    ([id, test]) =>
      `select '${id}' as pattern, deal_id, any_value(deal_name) as deal_name, any_value(account_name) as account_name,
         any_value(rep_name) as rep_name, any_value(is_closed) as is_closed, sum(days)::double as days
       from cell where ${test} group by deal_id`,
  );
  const could = tests.map(
    ([id, , of]) => `(select count(distinct deal_id) from cell where ${of})::double as "${id}"`,
  );
  const delivered = `influence = 'tco' and is_won and delivery_joined_on is not null`;
  const [rows, [of]] = await warehouse.remember(
    `anti-patterns ${sql} ${JSON.stringify([parameters, late])}`,
    () =>
      Promise.all([
        warehouse.rows<Row>(
          `with ${sql}, found as (
             ${found.join(' union all ')}
             union all
             select 'joined_late', deal_id, any_value(deal_name), any_value(account_name), any_value(rep_name), true,
               any_value(date_diff('day', delivery_joined_on, closed_on))::double
             from cell where ${delivered} and date_diff('day', delivery_joined_on, closed_on) < $late group by deal_id
           ),
           placed as (
             select *, (count(*) over (partition by pattern))::double as deals, row_number() over (
               partition by pattern
               order by coalesce(is_closed, false), case when pattern = 'joined_late' then days else -days end, deal_id
             ) as place
             from found
           )
           select * exclude (place) from placed where place <= ${SHOWN} order by pattern, place`,
          { ...parameters, late },
        ),
        warehouse.rows<Record<PatternId, number>>(
          `with ${sql}
           select ${could.join(', ')},
             (select count(distinct deal_id) from cell where ${delivered})::double as joined_late`,
          parameters,
        ),
      ]),
  );
  const order: PatternId[] = [
    'tco_undefined',
    'tco_with_account_manager',
    'two_roles',
    'partner_led',
    'joined_late',
    'lagging',
  ];
  return order.map((id) => {
    const list = rows.filter(({ pattern }) => pattern === id);
    return { id, deals: list[0]?.deals ?? 0, of: of?.[id] ?? 0, list };
  });
}
