import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { weightedShare } from '../../statistics/weightedShare.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { rowsAsked } from './asked.ts';
import type { OwnershipSettings } from './settings.ts';
import { hows, type Activity, type How } from './survey.ts';

/** A share with its 95% interval, by number of deals and by dollars; fractions. */
export interface MixShare {
  how: How;
  deals: number;
  share: number | null;
  interval: Interval | null;
  net: number;
  netShare: number | null;
  netInterval: Interval | null;
}

/** How one activity is handled in one band of contract amounts; band null is all of them. */
export interface Mix {
  activity: Activity;
  /** 0 below the first cut-off, 1 between, 2 from the second on. */
  band: 0 | 1 | 2 | null;
  /** Won deals whose original seller is known, and those where nobody can tell. */
  deals: number;
  unknown: number;
  net: number;
  shares: MixShare[];
}

/** Who stands behind renewals: roles of the owners of all that closed, won or lost. */
export interface RenewalRole {
  role: string | null;
  deals: number;
  won: number;
}

export interface Handling {
  mixes: Mix[];
  renewalRoles: RenewalRole[];
  /** No deal team is loaded: "alone" may be "with others". */
  noTeam: boolean;
  /** Share of these deals whose source names the original seller; the rest is told by the first won deal. */
  sellerTold: number | null;
  /** Customers with a renewal and an upsell or cross-sell won, and those where no one handled both. */
  both: { customers: number; apart: number; interval: Interval | null };
  ignored: string[];
}

interface Row {
  activity: Activity;
  band: 0 | 1 | 2 | null;
  how: How | null;
  deals: number;
  net: number;
  squares: number;
  told: number;
  team: boolean;
}

/** Who handles renewals, upsells and cross-sells that were won, beside document 002's survey. */
export async function handling(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  { bands: [small, large] }: Pick<OwnershipSettings, 'bands'>,
): Promise<Handling> {
  const won = rowsAsked(asking, 'handling', scope, ['is_won']);
  const closed = rowsAsked(asking, 'handling', scope, ['is_closed']);
  const net = asking.rates === 'actual' ? 'net_amount_actual' : 'net_amount_base';
  const [rows, roles, both] = await warehouse.remember(
    `handling ${JSON.stringify([won.sql, won.parameters, small, large, net])}`,
    () =>
      Promise.all([
        warehouse.rows<Row>(
          `select activity, band, original_seller as how, count(*)::double as deals,
           coalesce(sum(${net}), 0)::double as net, coalesce(sum(${net}::double ** 2), 0) as squares,
           count(*) filter (is_seller_told)::double as told, bool_or(is_team_known) as team
         from (
           select *, case when contract_base < $small then 0 when contract_base <= $large then 1
             when contract_base is not null then 2 end as band
           from ${won.sql}
         )
         group by grouping sets ((activity, band, original_seller), (activity, original_seller))
         having grouping(band) = 1 or band is not null`,
          { ...won.parameters, small, large },
        ),
        warehouse.rows<RenewalRole>(
          `select owner_role as role, count(*)::double as deals, count(*) filter (is_won)::double as won
         from ${closed.sql}
         where activity = 'renewal' group by owner_role order by deals desc, role`,
          closed.parameters,
        ),
        warehouse.rows<{ customers: number; apart: number }>(
          `with hands as (
           select account_id, list(distinct rep_id) filter (activity = 'renewal') as renewed,
             list(distinct rep_id) filter (activity <> 'renewal') as grown
           from ${won.sql}
           where account_id is not null and rep_id is not null group by account_id
         )
         select count(*)::double as customers, count(*) filter (not list_has_any(renewed, grown))::double as apart
         from hands where renewed is not null and grown is not null`,
          won.parameters,
        ),
      ]),
  );
  const all = rows.filter(({ band }) => band === null);
  const dealsIn = (some: Row[]) => some.reduce((sum, { deals }) => sum + deals, 0);
  const told = all.reduce((sum, { told }) => sum + told, 0);
  const { customers, apart } = both[0] ?? { customers: 0, apart: 0 };
  return {
    mixes: (['renewal', 'upsell', 'cross_sell'] as const).flatMap((activity) =>
      ([null, 0, 1, 2] as const).map((band) =>
        mixOf(
          activity,
          band,
          rows.filter((row) => row.activity === activity && row.band === band),
        ),
      ),
    ),
    renewalRoles: roles,
    noTeam: all.length > 0 && !all.some(({ team }) => team),
    sellerTold: all.length > 0 ? told / dealsIn(all) : null,
    both: { customers, apart, interval: wilson(apart, customers) },
    ignored: won.ignored,
  };
}

function mixOf(activity: Activity, band: Mix['band'], rows: Row[]): Mix {
  const known = rows.filter(({ how }) => how !== null);
  const sum = (name: 'deals' | 'net' | 'squares') => known.reduce((total, row) => total + row[name], 0);
  const [deals, net, squares] = [sum('deals'), sum('net'), sum('squares')];
  return {
    activity,
    band,
    deals,
    net,
    unknown: rows.reduce((total, { how, deals }) => total + (how === null ? deals : 0), 0),
    shares: hows.map((how): MixShare => {
      const row = known.find((one) => one.how === how);
      const [hits, amount] = [row?.deals ?? 0, row?.net ?? 0];
      return {
        how,
        deals: hits,
        share: deals > 0 ? hits / deals : null,
        interval: wilson(hits, deals),
        net: amount,
        netShare: net > 0 ? amount / net : null,
        netInterval: weightedShare(amount, net, squares),
      };
    }),
  };
}
